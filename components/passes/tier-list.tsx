import type { ModelPassesDto } from '@/lib/passes/page-schema';
import type { TierDto } from '@/lib/passes/tier-schema';
import { Img } from '../ui/img';
import { BuyPass } from './buy-pass';
import type { Wallet } from './pass-step';
import { lastsWords, priceWords, supplyWords, tierLines } from './pass-words';

/** The picture of a tier, by its CID. It is decoration beside the tier's name. */
export function TierPicture({ cid, className = '' }: { cid: string; className?: string }) {
  return (
    <div className={`plate-mark bg-sheet ${className}`}>
      <Img src={`/ipfs/${cid}`} alt="" width={320} height={320} loading="lazy" className="aspect-square w-full bg-well object-cover" />
    </div>
  );
}

/** Tiers one can buy, each with its price, what is left of it, and what it includes. */
export function TierList({ tiers, purchases, ...wallet }: Wallet & Pick<ModelPassesDto, 'tiers' | 'purchases'>) {
  return (
    <ul className="grid gap-x-10 gap-y-12 sm:grid-cols-2 xl:grid-cols-3">
      {tiers.map((tier) => (
        <li key={tier.tierId} className="grid grid-cols-[5rem_minmax(0,1fr)] content-start gap-x-5 gap-y-4">
          <TierPicture cid={tier.imageCid} className="self-start" />
          <div className="grid content-start gap-1">
            <h3 className="font-display text-xl">{tier.label}</h3>
            <p className="text-sm">
              <span className="tabular-nums">{priceWords(tier)}</span>, {lastsWords(tier)}
            </p>
            <p className="text-xs text-ink-faint tabular-nums">{supplyWords(tier)}</p>
          </div>
          <ul className="col-span-2 grid gap-1 border-t border-rule pt-3 text-sm text-ink-soft">
            {tierLines(tier).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <div className="col-span-2 empty:hidden">
            <BuyPass
              {...wallet}
              tier={forSale(tier)}
              purchase={purchases.find(({ tierId }) => tierId === tier.tierId) ?? null}
              isForSale={tier.open && tier.left > 0}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The browser gets of a tier what a purchase takes. */
const forSale = ({ collection, tierId, label, priceWei, refundWindowSeconds }: TierDto) => ({
  collection,
  tierId,
  label,
  priceWei,
  refundWindowSeconds,
});
