import { clsx } from 'clsx';
import Link from 'next/link';
import type { VerifyReport } from '@/lib/provenance/schema';
import type { VerifyRow } from '@/lib/verifier/schema';
import { shortHex } from '../format';
import { SIGNATURE_MEANS } from '../models/claims';
import { Digest } from '../ui/digest';
import { Icon } from '../ui/icon';
import { Img } from '../ui/img';
import { WorkText } from '../works/work-text';

const verdicts = {
  verified: { title: 'Verified', tone: 'text-verdigris' },
  broken: { title: 'The chain is broken', tone: 'text-madder' },
  unknown: { title: 'Not known here', tone: 'text-ink' },
} as const;

/** The answer: a verdict, then every link that was looked at, whether it held, and what that shows. */
export function Report({ report, what }: { report: VerifyReport; what: string }) {
  const { title, tone } = verdicts[report.verdict];
  return (
    <section aria-labelledby="verdict" className="grid gap-8" data-testid="report" data-verdict={report.verdict}>
      <header className="grid gap-5 sm:grid-cols-[1fr_auto] sm:items-start">
        <div className="grid gap-2">
          <h2 id="verdict" className={clsx('font-display text-2xl', tone)}>
            {title}
          </h2>
          <p className="max-w-prose">{report.summary}</p>
          <p className="text-xs text-ink-faint">Checked: {what}</p>
        </div>
        {report.work && <FoundWork work={report.work} />}
      </header>
      {report.rows.length > 0 && (
        <ol className="border-t border-rule">
          {report.rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ol>
      )}
      {report.text !== null && (
        <section aria-labelledby="signed-text" className="grid gap-2">
          <h3 id="signed-text" className="text-sm font-medium">
            The text that was signed
          </h3>
          <WorkText text={report.text} className="max-h-96 overflow-auto bg-sheet p-4 text-sm outline-1 outline-rule sm:p-6" scrolls />
        </section>
      )}
      {report.tokens.length > 0 && <Tokens tokens={report.tokens} />}
      {report.rows.some((row) => row.id === 'signature') && <p className="max-w-prose text-sm text-ink-soft">{SIGNATURE_MEANS}</p>}
    </section>
  );
}

function FoundWork({ work }: { work: NonNullable<VerifyReport['work']> }) {
  return (
    <Link href={`/works/${work.id}`} className="group flex items-center gap-3 sm:w-56 sm:flex-col sm:items-stretch">
      {work.previewSrc && (
        <span className="plate-mark block w-24 bg-sheet sm:w-auto">
          <Img src={work.previewSrc} alt="" className="block aspect-square w-full bg-well object-contain" width={320} height={320} />
        </span>
      )}
      <span className="text-sm">
        <span className="block font-caption text-base italic">{work.title}</span>
        {!work.sameReceipt && <span className="block text-xs text-ink-soft">This work has the same content. It is not what was checked.</span>}
        <span className="text-link">Open the work</span>
      </span>
    </Link>
  );
}

const results = {
  ok: { icon: 'check', words: 'Holds', tone: 'text-verdigris' },
  failed: { icon: 'x', words: 'Broken', tone: 'text-madder' },
  not_checked: { icon: 'minus', words: 'Not checked', tone: 'text-ink-faint' },
} as const;

function Row({ row }: { row: VerifyRow }) {
  const { icon, words, tone } = results[row.result];
  return (
    <li
      className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-4 gap-y-1 border-b border-rule py-4 md:grid-cols-[1.5rem_17rem_minmax(0,1fr)]"
      data-link={row.id}
      data-result={row.result}
    >
      <Icon name={icon} className={clsx('mt-1 size-4', tone)} />
      <div>
        <h3 className="text-sm font-medium">{row.checked}</h3>
        <p className={clsx('text-xs', tone)}>{words}</p>
      </div>
      <div className="grid content-start gap-1 max-md:col-start-2">
        <p className="text-sm text-ink-soft">{row.meaning}</p>
        <p className={clsx('font-mono text-xs [overflow-wrap:anywhere]', row.result === 'failed' ? 'text-ink' : 'text-ink-faint')}>{row.detail}</p>
        <p className="text-xs text-ink-faint">Who can repeat this: {row.repeatable}</p>
      </div>
    </li>
  );
}

function Tokens({ tokens }: { tokens: VerifyReport['tokens'] }) {
  return (
    <div className="grid gap-2">
      <h3 className="text-sm font-medium">{tokens.length === 1 ? 'A token with this content' : 'Tokens with this content'}</h3>
      <ul className="grid gap-2">
        {tokens.map((token) => (
          <li key={`${token.collection}${token.tokenId}`} className="flex flex-wrap items-center gap-x-4 text-sm text-ink-soft">
            <Digest value={token.tokenId} label="token id" />
            <span>
              owned by <span className="font-mono text-xs">{shortHex(token.owner)}</span> on chain {token.chainId}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
