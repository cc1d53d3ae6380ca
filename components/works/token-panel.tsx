import Link from 'next/link';
import type { TokenDto } from '@/lib/works/schema';
import { Badge } from '../ui/badge';
import { Digest } from '../ui/digest';
import { RecordList, RecordRow } from '../ui/record';

const finality = {
  seen: { tone: 'copper', words: 'Seen on the chain, could still be undone' },
  safe: { tone: 'copper', words: 'Confirmed, very unlikely to be undone' },
  final: { tone: 'good', words: 'Final' },
} as const;

/** The token of a minted work, where it is, and how settled that is. */
export function TokenPanel({ token, explorerUrl }: { token: TokenDto; explorerUrl: string | null }) {
  const { tone, words } = finality[token.finality];
  return (
    <section aria-labelledby="token-heading" className="grid gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h2 id="token-heading" className="font-display text-xl">
          Token
        </h2>
        <Badge tone={tone}>{words}</Badge>
      </div>
      <RecordList>
        <RecordRow label="Token id">
          <Digest value={token.tokenId} label="token id" keep={8} />
        </RecordRow>
        <RecordRow label="Owner">
          <Digest value={token.owner} label="owner’s address" />
        </RecordRow>
        <RecordRow label="Collection">
          <Digest value={token.collection} label="collection address" /> <span className="text-ink-faint">on chain {token.chainId}</span>
        </RecordRow>
        <RecordRow label="Transaction">
          <Digest value={token.txHash} label="transaction" />
          {explorerUrl && (
            <a className="text-link ml-2" href={`${explorerUrl}/tx/${token.txHash}`} rel="noreferrer" target="_blank">
              Explorer
            </a>
          )}
        </RecordRow>
        <RecordRow label="Block">
          {token.blockNumber}, {token.confirmations} {token.confirmations === 1 ? 'confirmation' : 'confirmations'}
        </RecordRow>
        <RecordRow label="Metadata">
          <Digest value={token.metadataCid} label="metadata CID" keep={8} />
        </RecordRow>
        <RecordRow label="Image">
          <Digest value={token.imageCid} label="image CID" keep={8} />
        </RecordRow>
      </RecordList>
      <Link href={`/verify?token=${token.tokenId}`} className="text-link justify-self-start text-sm">
        Verify this token
      </Link>
    </section>
  );
}
