'use client';
import { useState } from 'react';
import { setTermsAction } from '@/lib/passes/actions';
import type { TierDto } from '@/lib/passes/tier-schema';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { useServerAction } from '../../ui/use-server-action';
import { DialogForm } from '../model/dialog-form';
import { type ModelChoice, TermsFields } from './terms-fields';
import { readTerms, termsDraftOf } from './tier-draft';

type Props = { tier: TierDto; models: ModelChoice[] };

/** What a tier includes with us. No transaction: it is ours, and the next call of a holder has it. */
export function ChangeTerms({ tier, models }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" variant="outline" onClick={() => setOpen(true)}>
        What it includes
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`What ${tier.label} includes`}>
        <TermsForm tier={tier} models={models} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function TermsForm({ tier, models, onDone }: Props & { onDone(): void }) {
  const { run, pending, problem, say } = useServerAction();
  const [draft, setDraft] = useState(() => termsDraftOf(tier.terms));
  const { terms, problems } = readTerms(draft);
  const keep = () => {
    if (!terms) return say('Some of it has to be mended first. It is marked above.');
    run(() => setTermsAction({ tierId: tier.tierId, terms }), { onDone });
  };
  return (
    <DialogForm action="Keep it" pending={pending} problem={problem} onSubmit={keep}>
      <p className="text-sm text-ink-soft">
        {tier.sold > 0 ? 'Passes were sold, so it can only become more.' : 'It can become less while nobody has bought one and it is not for sale.'}
      </p>
      <TermsFields terms={draft} onChange={setDraft} problems={problems} models={models} />
    </DialogForm>
  );
}
