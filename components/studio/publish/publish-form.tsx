'use client';
import { useId, useRef, useState } from 'react';
import { RIGHTS_TEXT } from '@/lib/models/rights';
import { planPublishingAction } from '@/lib/studio/actions';
import type { PublishPlanDto } from '@/lib/studio/schema';
import { Button } from '../../ui/button';
import { Problem } from '../../ui/problem';
import { useServerAction } from '../../ui/use-server-action';
import { emptyBounds, readBounds } from './bounds';
import { BoundsFields } from './bounds-fields';

/** What the creator allows on-chain, and what they affirm. Nothing is sent from here. */
export function PublishForm({ version, onPlan }: { version: string; onPlan(plan: PublishPlanDto): void }) {
  const id = useId();
  const { run, pending, problem, say } = useServerAction();
  const [draft, setDraft] = useState(emptyBounds);
  const [affirms, setAffirms] = useState(false);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const { bounds, problems } = readBounds(draft);
  const plan = () => {
    setTried(true);
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    if (!bounds) return say('Some of it has to be mended first. It is marked above.');
    if (!affirms) return say('Read and affirm the statement about your rights first.');
    run(() => planPublishingAction({ version, bounds, affirmsRights: true }), { onDone: (answer) => answer && onPlan(answer) });
  };
  return (
    <div ref={form} className="grid gap-8">
      <section aria-labelledby={`${id}-bounds`} className="grid gap-4">
        <h2 id={`${id}-bounds`} className="font-display text-xl">
          What your collection allows
        </h2>
        <p className="text-sm text-ink-soft">
          Written on the chain with the version’s key, and it holds against us, too. Price and times you can change there later; the number of works
          only downwards.
        </p>
        <BoundsFields bounds={draft} onChange={setDraft} problems={tried ? problems : {}} />
      </section>
      <section aria-labelledby={`${id}-rights`} className="grid gap-4">
        <h2 id={`${id}-rights`} className="font-display text-xl">
          Your rights in it
        </h2>
        <label className="flex items-start gap-3 border border-rule bg-sheet p-4 text-sm has-checked:border-ink has-aria-invalid:border-madder">
          <input
            type="checkbox"
            checked={affirms}
            aria-invalid={(tried && !affirms) || undefined}
            onChange={() => setAffirms(!affirms)}
            className="mt-0.5 size-4 shrink-0 accent-(--ink)"
          />
          <span>{RIGHTS_TEXT}</span>
        </label>
      </section>
      <div className="grid justify-items-start gap-3">
        <Button loading={pending} onClick={plan}>
          {pending ? 'Asking the chain' : 'Show what it costs'}
        </Button>
        <Problem>{problem}</Problem>
        <p className="text-xs text-ink-faint">Nothing is sent yet. The next step shows the transaction, its gas and its price.</p>
      </div>
    </div>
  );
}
