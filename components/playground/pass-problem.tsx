import type { Route } from 'next';
import Link from 'next/link';
import { buttonStyle } from '../ui/button';
import type { Problem } from './use-quote';

/** Where to go from each refusal. `#passes` is on the model's page. */
const NEXT: Record<string, { href: string; text: string }> = {
  pass_required: { href: '#passes', text: 'See how to get in' },
  pass_expired: { href: '/my/passes', text: 'Renew it' },
  pass_moved: { href: '#passes', text: 'See how to get in' },
  pass_frozen: { href: '/my/passes', text: 'Your passes' },
  no_included_runs: { href: '/my/passes', text: 'Your passes' },
};

type Props = { problem: Problem /** Others are held, of which one is chosen by now. */; hasAnother: boolean };

/** What would let somebody in who was refused for want of a pass, and the way to it. Nothing for other problems. */
export function PassProblem({ problem: { code, details }, hasAnother }: Props) {
  const next = NEXT[code];
  if (!next) return null;
  if (code === 'pass_moved' && hasAnother) return <p>Nothing was started. Another pass of yours is chosen now: generate again to use it.</p>;
  const missing = Array.isArray(details?.missing) ? details.missing.filter((one): one is string => typeof one === 'string') : [];
  return (
    <>
      {missing.length > 0 && <p>It takes {missing.join(', or ')}.</p>}
      <Link href={next.href as Route} className={`${buttonStyle({ variant: 'outline', size: 'small' })} mt-3`}>
        {next.text}
      </Link>
    </>
  );
}
