import { moment, shortHex } from '@/components/format';
import { Badge } from '@/components/ui/badge';
import { RecordList, RecordRow } from '@/components/ui/record';
import type { CorrectedAccountDto, CorrectionDto, CorrectionUnit } from '@/lib/corrections/schema';
import { CorrectionDecision } from './correction-decision';
import { accountName, amountOf, kindWords } from './words';

/** What waits for a second operator, oldest first. */
export function ProposalList({ proposals }: { proposals: CorrectionDto[] }) {
  return (
    <ul className="grid gap-10">
      {proposals.map((proposal) => (
        <li key={proposal.id} className="grid gap-3">
          <div className="flex flex-wrap items-baseline justify-between gap-4">
            <h3 className="font-display text-lg">
              {kindWords[proposal.kind]} of {amountOf(proposal.amount, proposal.unit)}
            </h3>
            <Badge tone={proposal.approvable ? 'bad' : 'copper'}>{proposal.approvable ? 'Waits for you' : 'Waits for another operator'}</Badge>
          </div>
          <RecordList>
            <AccountRow label="From" account={proposal.debit} unit={proposal.unit} />
            <AccountRow label="To" account={proposal.credit} unit={proposal.unit} />
            <RecordRow label="Why">{proposal.reason}</RecordRow>
            {proposal.publicReason && <RecordRow label="The person reads">{proposal.publicReason}</RecordRow>}
            <RecordRow label="Proposed by">
              <span className="font-mono text-xs">{shortHex(proposal.proposedBy)}</span>, {moment(proposal.proposedAt)}
            </RecordRow>
          </RecordList>
          <CorrectionDecision
            id={proposal.id}
            amount={amountOf(proposal.amount, proposal.unit)}
            approvable={proposal.approvable}
            refusable={proposal.refusable}
          />
        </li>
      ))}
    </ul>
  );
}

function AccountRow({ label, account, unit }: { label: string; account: CorrectedAccountDto; unit: CorrectionUnit }) {
  return (
    <RecordRow label={label}>
      {accountName(account)}
      <span className="block text-xs text-ink-faint">
        Account {account.id}, {amountOf(account.available, unit)} in it now
      </span>
    </RecordRow>
  );
}
