'use client';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import type { PublishPlanDto } from '@/lib/studio/schema';
import { Button } from '../../ui/button';
import { WalletAction } from '../../wallet/wallet-action';
import { PublishPlan } from './publish-plan';

type Props = { plan: PublishPlanDto; viewer: ViewerDto; chain: ChainConfigDto; onSent(hash: `0x${string}`): void; onBack(): void };

/** The transaction with its price, and the button that has the wallet send it. */
export function SendPlan({ plan, viewer, chain, onSent, onBack }: Props) {
  const [call] = plan.calls;
  if (!call) return null;
  return (
    <div className="grid gap-6">
      <PublishPlan plan={plan} />
      <WalletAction
        viewer={viewer}
        chain={chain}
        label="Publish from your wallet"
        purpose="publish"
        prepare={async () => ({ chainId: plan.chainId, to: call.to as `0x${string}`, data: call.data as `0x${string}`, valueWei: '0' })}
        onSent={onSent}
      />
      <div>
        <Button variant="quiet" size="small" onClick={onBack}>
          Back to the bounds
        </Button>
      </div>
    </div>
  );
}
