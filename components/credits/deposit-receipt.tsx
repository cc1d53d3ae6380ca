import { formatCredits } from '@/lib/money';
import type { DepositReceiptDto } from '@/lib/statement/schema';
import { credits, ether, moment, usdc } from '../format';
import { Digest } from '../ui/digest';
import { Notice } from '../ui/notice';
import { RecordList, RecordRow } from '../ui/record';

type Props = { receipt: DepositReceiptDto; chainName: string; explorerUrl: string | null };

/** What was paid on the chain, and what it was turned into. */
export function DepositReceipt({ receipt, chainName, explorerUrl }: Props) {
  const repaid = BigInt(receipt.repaidMillicredits);
  return (
    <div className="grid gap-6">
      {receipt.reversed && (
        <Notice tone="bad">
          The chain took the block of this payment back, and its credits with it. Paid again in another block it has a new receipt.
        </Notice>
      )}
      <RecordList>
        <RecordRow label="Paid">{receipt.asset === 'usdc' ? usdc(receipt.amount) : ether(receipt.amount)}</RecordRow>
        <RecordRow label="Rate">
          {rateOf(receipt.rate)}
          <span className="block text-xs text-ink-faint">
            {receipt.rate.quoted ? 'As quoted before paying' : 'Of the moment the payment was seen'}
            {receipt.rate.source && `: ${receipt.rate.source}`}
          </span>
        </RecordRow>
        <RecordRow label="Bought">{credits(receipt.millicredits)}</RecordRow>
        {repaid > 0n && (
          <>
            <RecordRow label="Repaid a debt">{formatCredits(repaid)}</RecordRow>
            <RecordRow label="Added">{formatCredits(BigInt(receipt.millicredits) - repaid)}</RecordRow>
          </>
        )}
        <RecordRow label="Paid on">{moment(receipt.paidAt)}</RecordRow>
        {receipt.creditedAt && <RecordRow label="Credited on">{moment(receipt.creditedAt)}</RecordRow>}
        <RecordRow label="Network">
          {chainName} ({receipt.chainId}), block {BigInt(receipt.blockNumber).toLocaleString('en-GB')}
        </RecordRow>
        <RecordRow label="Transaction">
          <Digest value={receipt.txHash} label="transaction" keep={0} />
          {explorerUrl && (
            <a href={`${explorerUrl}/tx/${receipt.txHash}`} rel="noreferrer" className="text-link block text-xs print:hidden">
              See it on the chain
            </a>
          )}
        </RecordRow>
        <RecordRow label="Paid from">
          <Digest value={receipt.payer} label="payer's address" keep={0} />
        </RecordRow>
        <RecordRow label="Account">
          <Digest value={receipt.buyer} label="account's address" keep={0} />
        </RecordRow>
        <RecordRow label="Receipt">
          <span className="font-mono text-xs break-all">{receipt.ref}</span>
        </RecordRow>
      </RecordList>
    </div>
  );
}

function rateOf({ ethUsdCents }: DepositReceiptDto['rate']): string {
  if (ethUsdCents === null) return '1 USDC = 100 credits';
  return `1 ETH = US$${(ethUsdCents / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 })}`;
}
