import type { AccessDto } from '@/lib/passes/tier-schema';
import { moment } from '../format';

/** Who may run a model, in words; any line is enough. Nothing where everybody may. */
export function AccessWords({ access: { isPublic, ways, earlyUntil } }: { access: AccessDto }) {
  if (isPublic && !earlyUntil) return null;
  return (
    <div className="grid gap-2 text-sm text-ink-soft">
      {earlyUntil && <p>Until {moment(earlyUntil)} it is open to passes with early access alone.</p>}
      {!isPublic && (
        <>
          <p>{ways.length === 1 ? 'To run this model you need' : 'To run this model you need one of these:'}</p>
          <ul className="grid gap-1 border-l-2 border-copper pl-4 text-ink wrap-anywhere">
            {ways.map((way) => (
              <li key={way}>{way}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
