import { clsx } from 'clsx';

/** A hairline that fills with copper. `percent` null = busy, with no known end. */
export function Progress({ percent, label, className }: { percent: number | null; label: string; className?: string }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      className={clsx('h-0.5 w-full overflow-hidden bg-rule', className)}
    >
      <div
        className={clsx(
          'h-full bg-copper',
          percent === null ? 'tick w-full' : 'origin-left motion-safe:transition-transform duration-300 ease-linear',
        )}
        style={percent === null ? undefined : { transform: `scaleX(${Math.min(100, Math.max(0, percent)) / 100})` }}
      />
    </div>
  );
}
