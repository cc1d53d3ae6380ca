import type { Route } from 'next';
import Link from 'next/link';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import type { CardAvailabilityDto, CardPurchaseDto } from '@/lib/payments/card/schema';
import { CREDIT_PACKS, type DepositDto } from '@/lib/payments/schema';
import { Notice } from '../ui/notice';
import { BuyCredits } from '../wallet/buy-credits';
import { CardPacks } from './card-packs';
import { CardPurchases } from './card-purchases';
import { CardReturn } from './card-return';
import { WaysToPay, type WayToPay } from './ways-to-pay';

type Props = {
  choice: { way: WayToPay; back: Route | null; paid: string | null; cancelled: boolean };
  card: { availability: CardAvailabilityDto; purchases: CardPurchaseDto[] };
  viewer: ViewerDto;
  chain: ChainConfigDto;
  deposits: DepositDto[];
  assets: ('eth' | 'usdc')[];
};

/** Buying beside the balance: choose how to pay, then how much. */
export function BuyColumn({ choice: { way, back, paid, cancelled }, card, viewer, chain, deposits, assets }: Props) {
  const hrefOf = (other: WayToPay) => `/credits?${new URLSearchParams({ ...(back && { back }), pay: other })}`;
  return (
    <div className="grid gap-5 lg:sticky lg:top-24 lg:row-span-2">
      <WaysToPay chosen={way} hrefOf={hrefOf}>
        {way === 'wallet' ? (
          <BuyCredits packs={CREDIT_PACKS} assets={assets} viewer={viewer} chain={chain} deposits={deposits} />
        ) : (
          <>
            {paid && <CardReturn purchaseId={paid} />}
            {cancelled && <Notice role="status">You left the payment page. Nothing was charged.</Notice>}
            <CardPacks availability={card.availability} back={back} />
            <CardPurchases purchases={card.purchases} />
          </>
        )}
      </WaysToPay>
      {back && (
        <p className="border-t border-rule pt-4 text-sm">
          <Link href={back} className="text-link">
            Back to the model
          </Link>
          <span className="text-ink-soft">, where your settings are kept.</span>
        </p>
      )}
    </div>
  );
}
