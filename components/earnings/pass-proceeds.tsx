import Link from 'next/link';
import type { ProceedsDto } from '@/lib/passes/page-schema';
import { ether } from '../format';

/** What passes earned never was credits: it lies on the chain, in ETH. */
export function PassProceeds({ proceeds: { balance, takenWei } }: { proceeds: ProceedsDto }) {
  return (
    <section aria-labelledby="passes-heading" className="grid gap-3">
      <h2 id="passes-heading" className="font-display text-xl">
        From passes
      </h2>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-5 border-y border-rule py-6 sm:grid-cols-4">
        {[
          { name: 'To take out', wei: balance?.freeWei },
          { name: 'Not yet', wei: balance?.escrowedWei },
          { name: 'Taken out', wei: takenWei },
        ].map(({ name, wei }) => (
          <div key={name}>
            <dt className="text-sm text-ink-soft">{name}</dt>
            <dd className="font-display text-xl whitespace-nowrap tabular-nums">{wei === undefined ? 'unknown' : ether(wei)}</dd>
          </div>
        ))}
      </dl>
      <p className="text-sm text-ink-soft">
        It is paid in ETH to your own collection, not in credits.{' '}
        <Link href="/studio/passes" className="text-link text-ink">
          {balance && balance.freeWei !== '0' ? 'Take it out' : 'See what was taken out'}
        </Link>
      </p>
    </section>
  );
}
