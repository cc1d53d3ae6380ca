import { moment, shortHex } from '@/components/format';
import { Badge } from '@/components/ui/badge';
import type { CorrectionDto } from '@/lib/corrections/schema';
import { accountName, amountOf, kindWords } from './words';

/** What was posted or refused lately: by whom, when and why. */
export function DecidedCorrections({ corrections }: { corrections: CorrectionDto[] }) {
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">Corrections and write-offs that were decided, newest first</caption>
      <thead>
        <tr className="border-b border-rule text-left text-xs text-ink-faint">
          <th scope="col" className="py-2 pr-4 font-normal">
            What and why
          </th>
          <th scope="col" className="py-2 pr-4 font-normal">
            How it ended
          </th>
          <th scope="col" className="py-2 text-right font-normal">
            Amount
          </th>
        </tr>
      </thead>
      <tbody>
        {corrections.map((correction) => (
          <tr key={correction.id} className="border-b border-rule align-baseline">
            <td className="py-2 pr-4">
              {kindWords[correction.kind]}: {correction.reason}
              <span className="block text-xs text-ink-faint">
                {accountName(correction.debit)} to {accountName(correction.credit)}
              </span>
            </td>
            <td className="py-2 pr-4">
              <Outcome correction={correction} />
            </td>
            <td className="py-2 text-right tabular-nums">{amountOf(correction.amount, correction.unit)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Outcome({
  correction: { state, proposedBy, proposedAt, decidedBy, decidedAt, refusedBecause, approvalsNeeded },
}: {
  correction: CorrectionDto;
}) {
  return (
    <>
      <Badge tone={state === 'posted' ? 'good' : 'plain'}>{state === 'posted' ? 'Posted' : 'Refused'}</Badge>
      {refusedBecause && <span className="block text-xs text-ink-soft">{refusedBecause}</span>}
      {approvalsNeeded === 2 && (
        <span className="block text-xs text-ink-faint">
          Proposed by <span className="font-mono">{shortHex(proposedBy)}</span>, {moment(proposedAt)}
        </span>
      )}
      {decidedBy && decidedAt && (
        <span className="block text-xs text-ink-faint">
          {state === 'posted' ? 'Posted' : 'Refused'} by <span className="font-mono">{shortHex(decidedBy)}</span>, {moment(decidedAt)}
        </span>
      )}
    </>
  );
}
