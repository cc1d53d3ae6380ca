import type { ModelPassesDto } from '@/lib/passes/page-schema';
import { AccessWords } from './access-words';
import type { Wallet } from './pass-step';
import { TierList } from './tier-list';

/** Who may run a model, and the passes that open it. Nothing where there is nothing to say. */
export function ModelPasses({ passes: { access, tiers, purchases }, ...wallet }: Wallet & { passes: ModelPassesDto }) {
  const isOpen = access.isPublic && !access.earlyUntil;
  if (isOpen && tiers.length === 0) return null;
  return (
    <section id="passes" aria-labelledby="passes-heading" className="scroll-mt-20 pt-20">
      <h2 id="passes-heading" className="mb-6 border-b border-rule pb-3 font-display text-xl">
        {isOpen ? 'Passes' : 'Who may run it'}
      </h2>
      <div className="grid gap-10">
        <AccessWords access={access} />
        {tiers.length > 0 && <TierList tiers={tiers} purchases={purchases} {...wallet} />}
      </div>
    </section>
  );
}
