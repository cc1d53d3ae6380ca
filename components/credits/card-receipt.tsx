import { formatCredits } from '@/lib/money';
import type { CardReceiptDto } from '@/lib/statement/schema';
import { credits, moment, money } from '../format';
import { Digest } from '../ui/digest';
import { Notice } from '../ui/notice';
import { RecordList, RecordRow } from '../ui/record';

/** What was paid by card, and what it was turned into. */
export function CardReceipt({ receipt }: { receipt: CardReceiptDto }) {
  const repaid = BigInt(receipt.repaidMillicredits);
  return (
    <div className="grid gap-6">
      {receipt.disputed && <Notice tone="bad">{receipt.owes ? owed : disputed}</Notice>}
      <RecordList>
        <RecordRow label="Paid">
          {money(Number(receipt.amountMinor), receipt.currency)}
          <span className="block text-xs text-ink-faint">By card, tax included</span>
        </RecordRow>
        {receipt.refundedMinor !== '0' && <RecordRow label="Refunded">{money(Number(receipt.refundedMinor), receipt.currency)}</RecordRow>}
        <RecordRow label="Bought">{credits(receipt.millicredits)}</RecordRow>
        {receipt.bonusMillicredits !== '0' && <RecordRow label="Bonus">{credits(receipt.bonusMillicredits)}</RecordRow>}
        {repaid > 0n && (
          <>
            <RecordRow label="Repaid a debt">{formatCredits(repaid)}</RecordRow>
            <RecordRow label="Added">{formatCredits(BigInt(receipt.millicredits) - repaid)}</RecordRow>
          </>
        )}
        <RecordRow label="Paid on">{moment(receipt.at)}</RecordRow>
        {receipt.receiptUrl && (
          <RecordRow label="Of the card">
            <a href={receipt.receiptUrl} rel="noreferrer" className="text-link">
              Stripe’s receipt
            </a>
          </RecordRow>
        )}
        <RecordRow label="Account">
          <Digest value={receipt.buyer} label="account's address" keep={0} />
        </RecordRow>
        <RecordRow label="Receipt">
          <span className="font-mono text-xs break-all">{receipt.id}</span>
        </RecordRow>
      </RecordList>
    </div>
  );
}

const owed = 'What was refunded or lost in a dispute had been spent in part, and is owed. The next credits you buy repay it.';
const disputed = 'This payment is disputed at your bank. Until that is decided its unspent credits are set aside, and spending is paused.';
