import Link from 'next/link';
import type { PassPageDto } from '@/lib/passes/page-schema';
import { Badge } from '../ui/badge';
import { Digest } from '../ui/digest';
import { RecordList, RecordRow } from '../ui/record';
import { expiryWords, lastsWords, passState, priceWords, runsWords, tierLines } from './pass-words';

type Props = { page: PassPageDto; now: number; explorerUrl: string | null };

/** What anybody may know of a pass: whose it is, how long it is good, what is left of its runs. */
export function PassRecord({ page: { pass, runs, models, creator, tokenId }, now, explorerUrl }: Props) {
  const { tier } = pass;
  const state = passState(pass, now);
  return (
    <RecordList>
      <RecordRow label="State">
        <Badge tone={state === 'good' ? 'good' : 'bad'}>{expiryWords(pass, now)}</Badge>
      </RecordRow>
      {state === 'good' && (
        <RecordRow label="Runs in this period">
          <span className="tabular-nums">{runsWords(runs)}</span>
        </RecordRow>
      )}
      {state !== 'returned' && (
        <RecordRow label="Holder">
          <Digest value={pass.holder} label="holder’s address" />
        </RecordRow>
      )}
      <RecordRow label={state === 'good' ? 'Opens' : 'Opened'}>
        {models.length === 0
          ? 'No model that is open right now'
          : models.map(({ slug, name }, place) => (
              <span key={slug}>
                {place > 0 && ', '}
                <Link href={`/models/${slug}`} className="text-link">
                  {name}
                </Link>
              </span>
            ))}
      </RecordRow>
      <RecordRow label="Its tier">
        <ul className="grid gap-1">
          <li>
            {priceWords(tier)}, {lastsWords(tier)}
          </li>
          {tierLines(tier).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </RecordRow>
      <RecordRow label="Creator">
        <Digest value={creator} label="creator’s address" />
      </RecordRow>
      <RecordRow label="Token">
        <span className="tabular-nums">{tokenId}</span> of <Digest value={tier.collection} label="collection address" />{' '}
        <span className="text-ink-faint">on chain {tier.chainId}</span>
        {explorerUrl && (
          <a className="text-link ml-2" href={`${explorerUrl}/token/${tier.collection}?a=${tokenId}`} rel="noreferrer" target="_blank">
            Explorer
          </a>
        )}
      </RecordRow>
      <RecordRow label="Picture">
        <Digest value={tier.imageCid} label="picture’s CID" keep={8} />
      </RecordRow>
    </RecordList>
  );
}
