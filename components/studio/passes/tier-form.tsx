'use client';
import { useId, useRef, useState } from 'react';
import type { CallPlanDto } from '@/lib/chain/schema';
import { planTiersAction } from '@/lib/passes/actions';
import { Button } from '../../ui/button';
import { Problem } from '../../ui/problem';
import { useServerAction } from '../../ui/use-server-action';
import { atField } from '../form/problems';
import { TextField } from '../text-field';
import { PicturePicker, type WorkChoice } from './picture-picker';
import { type ModelChoice, TermsFields } from './terms-fields';
import { readTier, type TierDraft } from './tier-draft';
import { TierFields } from './tier-fields';

type Props = {
  draft: TierDraft;
  onChange(part: Partial<TierDraft>): void;
  /** Of the collection: asked for with its first tier. */
  name: string;
  onName: ((name: string) => void) | null;
  models: ModelChoice[];
  works: WorkChoice[];
  onPlan(plan: CallPlanDto): void;
};

/** What a tier is, and what it includes. Nothing is sent from here. */
export function TierForm({ draft, onChange, name, onName, models, works, onPlan }: Props) {
  const id = useId();
  const { run, pending, problem, say } = useServerAction();
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const { tier, problems } = readTier(draft);
  const nameProblem = onName && name.trim() === '' ? 'This is needed.' : null;
  const shown = tried ? problems : {};
  const plan = () => {
    setTried(true);
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    if (!tier || nameProblem) return say('Some of it has to be mended first. It is marked above.');
    // The collection has its name from its first tier; later ones name it after themselves, and nobody reads that.
    run(() => planTiersAction({ name: name.trim() || tier.label, tiers: [tier] }), { onDone: (answer) => answer && onPlan(answer) });
  };
  const heading = (text: string, key: string) => (
    <h3 id={`${id}-${key}`} className="font-display text-xl">
      {text}
    </h3>
  );
  return (
    <div ref={form} className="grid gap-8">
      {onName && (
        <TextField
          label="Name of your passes"
          hint="What the collection is called in wallets, for good"
          maxLength={64}
          value={name}
          onValueChange={onName}
          error={tried ? nameProblem : null}
        />
      )}
      <section aria-labelledby={`${id}-chain`} className="grid gap-4">
        {heading('On the chain', 'chain')}
        <TierFields tier={draft} onChange={onChange} problems={shown} />
        <PicturePicker picture={draft.picture} works={works} error={atField(shown, 'imageCid')} onPick={(picture) => onChange({ picture })} />
      </section>
      <section aria-labelledby={`${id}-terms`} className="grid gap-4">
        {heading('What it includes here', 'terms')}
        <TermsFields terms={draft.terms} onChange={(terms) => onChange({ terms })} problems={shown} models={models} />
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
