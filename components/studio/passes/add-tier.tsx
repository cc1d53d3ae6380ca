'use client';
import { useState } from 'react';
import type { CallPlanDto } from '@/lib/chain/schema';
import type { Wallet } from '../../passes/pass-step';
import { SentNotice } from '../../passes/sent-notice';
import { useSent } from '../../passes/use-sent';
import { Button } from '../../ui/button';
import { WalletAction } from '../../wallet/wallet-action';
import type { WorkChoice } from './picture-picker';
import { PlanCost } from './plan-cost';
import type { ModelChoice } from './terms-fields';
import { emptyTier, type TierDraft } from './tier-draft';
import { TierForm } from './tier-form';

type Props = Wallet & { isFirst: boolean; models: ModelChoice[]; works: WorkChoice[] };

/** From what is typed to a tier on the chain: the form, the cost, the wallet, the index. What was sent survives a reload. */
export function AddTier({ isFirst, models, works, viewer, chain }: Props) {
  const [draft, setDraft] = useState<TierDraft>(emptyTier);
  const [name, setName] = useState('');
  const [plan, setPlan] = useState<CallPlanDto | null>(null);
  const { phase, onSent } = useSent(`add tier ${viewer?.address}`, chain.rpcPath, () => {
    setPlan(null);
    setDraft(emptyTier);
  });
  const [call] = plan?.calls ?? [];
  const isWaiting = phase.kind === 'waiting' && !phase.isSlow;
  return (
    <div className="grid max-w-[44rem] gap-6">
      <SentNotice phase={phase} doing="Adding the tier" done="The tier is on the chain." />
      {!isWaiting &&
        (plan && call ? (
          <>
            <PlanCost plan={plan} />
            <WalletAction
              viewer={viewer}
              chain={chain}
              label={isFirst ? 'Publish from your wallet' : 'Add it from your wallet'}
              purpose="publish"
              prepare={async () => ({
                chainId: plan.chainId,
                to: call.to as `0x${string}`,
                data: call.data as `0x${string}`,
                valueWei: call.valueWei,
              })}
              onSent={onSent}
            />
            <div>
              <Button variant="quiet" size="small" onClick={() => setPlan(null)}>
                Back to the tier
              </Button>
            </div>
          </>
        ) : (
          <TierForm
            draft={draft}
            onChange={(part) => setDraft((now) => ({ ...now, ...part }))}
            name={name}
            onName={isFirst ? setName : null}
            models={models}
            works={works}
            onPlan={setPlan}
          />
        ))}
    </div>
  );
}
