import type { MintProceedsDto } from '@/lib/mint/schema';
import type { Wallet } from '../../passes/pass-step';
import { Proceeds } from '../passes/proceeds';

type Props = Wallet & { proceeds: MintProceedsDto[] };

/** What mints of a model earned, where it lies, and the way to take it out. */
export function MintProceeds({ proceeds, ...wallet }: Props) {
  return (
    <section id="mints" aria-labelledby="mints-heading" className="grid scroll-mt-24 gap-6 border-t border-rule pt-8">
      <div className="grid gap-2">
        <h2 id="mints-heading" className="font-display text-xl">
          What mints earned
        </h2>
        <p className="max-w-prose text-sm text-ink-soft">
          Who mints a work pays your mint price, in ETH, to your own collection; royalties come there, too.
          {proceeds.some(({ models }) => models.length > 1) && ' It is one for several models of yours, so this is what all of them earned.'}
        </p>
      </div>
      {proceeds.map((one) => (
        <Proceeds key={one.collection} of="mints" proceeds={one} {...wallet} />
      ))}
    </section>
  );
}
