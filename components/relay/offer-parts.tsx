import { clsx } from 'clsx';
import { credits, ether } from '../format';

type Props = {
  offer: { priceMillicredits: string; spendableMillicredits: string; gasWei: string };
  /** What the ETH is for that is sent along: 'The pass'. */
  label: string;
  wei: string;
  valueMillicredits: string;
};

/** What a price in credits consists of, and what is left after it. */
export function OfferParts({ offer, label, wei, valueMillicredits }: Props) {
  const price = BigInt(offer.priceMillicredits);
  const left = BigInt(offer.spendableMillicredits) - price;
  return (
    <dl className="grid gap-1.5 text-xs">
      {wei !== '0' && <Line label={label} detail={`${ether(wei)}, and 5\u00a0% in case ETH rises`} amount={BigInt(valueMillicredits)} />}
      <Line label="The gas" detail={`${ether(offer.gasWei)}, in case gas rises, too`} amount={price - BigInt(valueMillicredits)} />
      {left >= 0n && <Line label="Left after it" detail="of the credits that pay for it" amount={left} isLast />}
    </dl>
  );
}

function Line({ label, detail, amount, isLast = false }: { label: string; detail: string; amount: bigint; isLast?: boolean }) {
  return (
    <div className={clsx('flex justify-between gap-4', isLast && 'border-t border-rule pt-1.5')}>
      <dt>
        {label} <span className="text-ink-soft">{detail}</span>
      </dt>
      <dd className="shrink-0 tabular-nums">{credits(amount)}</dd>
    </div>
  );
}
