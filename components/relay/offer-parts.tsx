import { credits } from '../format';

type Part = { label: string; detail: string; millicredits: string };

/** What a price in credits consists of, and what is left after it. */
export function OfferParts({ parts, leftMillicredits }: { parts: Part[]; leftMillicredits: bigint }) {
  return (
    <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1.5 text-xs">
      {parts.map(({ label, detail, millicredits }) => (
        <Line key={label} label={label} detail={detail} amount={credits(millicredits)} />
      ))}
      {leftMillicredits >= 0n && (
        <Line label="Left after it" detail="of the credits you have that pay for it" amount={credits(leftMillicredits)} isLast />
      )}
    </dl>
  );
}

function Line({ label, detail, amount, isLast = false }: { label: string; detail: string; amount: string; isLast?: boolean }) {
  const rule = isLast ? 'border-t border-rule pt-1.5' : '';
  return (
    <>
      <dt className={`text-ink ${rule}`}>
        {label} <span className="text-ink-soft">{detail}</span>
      </dt>
      <dd className={`text-right text-ink tabular-nums ${rule}`}>{amount}</dd>
    </>
  );
}
