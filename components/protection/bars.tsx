type Props = { label: string; values: number[]; from: string; to: string };

/** A small plot of counts. The figures are in its name, for who does not see it. */
export function Bars({ label, values, from, to }: Props) {
  const most = Math.max(1, ...values);
  const width = 100 / values.length;
  return (
    <figure className="grid w-44 gap-1 text-2xs text-ink-faint">
      <svg
        viewBox="0 0 100 40"
        preserveAspectRatio="none"
        className="h-14 w-full border-b border-rule-strong"
        role="img"
        aria-label={`${label}: ${values.join(', ')}`}
      >
        {values.map((value, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          <rect key={i} x={i * width + 1} width={width - 2} y={40 - (38 * value) / most} height={(38 * value) / most} className="fill-copper" />
        ))}
      </svg>
      <div className="flex justify-between" aria-hidden="true">
        <span>{from}</span>
        <span>{to}</span>
      </div>
      <figcaption>{label}</figcaption>
    </figure>
  );
}
