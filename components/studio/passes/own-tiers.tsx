import type { TierDto } from '@/lib/passes/tier-schema';
import type { Wallet } from '../../passes/pass-step';
import { lastsWords, priceWords, tierLines } from '../../passes/pass-words';
import { TierPicture } from '../../passes/tier-list';
import { Badge } from '../../ui/badge';
import { ChangeSale } from './change-sale';
import { ChangeTerms } from './change-terms';
import { LowerCap } from './lower-cap';
import type { ModelChoice } from './terms-fields';

type Props = Wallet & { tiers: TierDto[]; models: ModelChoice[] };

/** The creator's tiers: what was sold of each, and what can still be changed. */
export function OwnTiers({ tiers, models, ...wallet }: Props) {
  return (
    <ul className="grid gap-10">
      {tiers.map((tier) => (
        <li
          key={tier.tierId}
          className="grid grid-cols-[5rem_minmax(0,1fr)] gap-x-5 gap-y-4 border-t border-rule pt-6 sm:grid-cols-[8rem_minmax(0,1fr)]"
        >
          <TierPicture cid={tier.imageCid} className="self-start sm:row-span-2" />
          <div className="grid content-start gap-1.5">
            <h3 className="font-display text-xl">{tier.label}</h3>
            <Badge tone={tier.open ? 'good' : 'plain'}>{tier.open ? 'For sale' : 'Not for sale'}</Badge>
            <p className="text-sm">
              <span className="tabular-nums">{priceWords(tier)}</span>, {lastsWords(tier)}
            </p>
            <p className="text-sm tabular-nums">
              {tier.sold.toLocaleString('en-GB')} of {tier.cap.toLocaleString('en-GB')} sold
            </p>
          </div>
          <ul className="col-span-2 grid gap-1 text-sm text-ink-soft sm:col-span-1 sm:col-start-2">
            {tierLines(tier).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <div className="col-span-2 flex flex-wrap gap-2">
            <ChangeSale tier={tier} {...wallet} />
            <LowerCap tier={tier} {...wallet} />
            <ChangeTerms tier={tier} models={models} />
          </div>
        </li>
      ))}
    </ul>
  );
}
