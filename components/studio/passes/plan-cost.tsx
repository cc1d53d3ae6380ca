import type { CallPlanDto } from '@/lib/chain/schema';
import { ether } from '../../format';
import { Digest } from '../../ui/digest';
import { Notice } from '../../ui/notice';
import { RecordList, RecordRow } from '../../ui/record';

const GAS = new Intl.NumberFormat('en-GB');

/** What the wallet will be asked to send, and what it costs, before anything is asked. */
export function PlanCost({ plan }: { plan: CallPlanDto }) {
  return (
    <div className="grid gap-4">
      {plan.calls.map(({ what, gas, maxFeeWei }) => (
        <RecordList key={what}>
          <RecordRow label="One transaction">{what}</RecordRow>
          {gas === null ? (
            <RecordRow label="Costs">
              <Notice tone="bad">Your account has not enough ETH for it right now.</Notice>
            </RecordRow>
          ) : (
            <>
              <RecordRow label="Gas">
                <span className="tabular-nums">{GAS.format(BigInt(gas))}</span>
              </RecordRow>
              <RecordRow label="Costs at most">
                <span className="tabular-nums">{ether((BigInt(gas) * BigInt(maxFeeWei)).toString())}</span>, to the network
              </RecordRow>
            </>
          )}
          <RecordRow label="Collection">
            <Digest value={plan.collection} label="collection address" />
            <span className="block text-xs text-ink-faint">Yours: your wallet owns it.</span>
          </RecordRow>
        </RecordList>
      ))}
    </div>
  );
}
