'use client';
import { useState } from 'react';
import { setTermsAction } from '@/lib/passes/actions';
import type { Terms, TierDto } from '@/lib/passes/tier-schema';
import { worseTerms } from '@/lib/passes/worse-terms';
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

/** What of the terms is promised, in the words of the fields. */
const LESS: Record<keyof Terms, string> = {
  includedRuns: 'was promised: it can only become more',
  periodSeconds: 'was promised: runs are counted by it',
  ratePerMinute: 'can only become more, or empty',
  earlyAccess: 'was promised',
  models: 'was promised: none can go',
};

function TermsForm({ tier, models, onDone }: Props & { onDone(): void }) {
  const { run, pending, problem, say } = useServerAction();
  const [draft, setDraft] = useState(() => termsDraftOf(tier.terms));
  const { terms, problems } = readTerms(draft);
  const mayBecomeLess = tier.sold === 0 && !tier.open;
  const worse = terms && !mayBecomeLess ? worseTerms(tier.terms, terms) : [];
  const keep = () => {
    if (!terms) return say('Some of it has to be mended first. It is marked above.');
    if (worse.length > 0)
      return say(tier.sold > 0 ? 'It would be less than what was sold. It is marked above.' : 'Close its sale first to make it less.');
    run(() => setTermsAction({ tierId: tier.tierId, terms }), { onDone });
  };
  return (
    <DialogForm action="Keep it" pending={pending} problem={problem} onSubmit={keep}>
      <p className="text-sm text-ink-soft">
        {mayBecomeLess
          ? 'Nobody has bought one and it is not for sale, so all of it can change.'
          : `${tier.sold > 0 ? 'Passes were sold' : 'It is for sale'}, so it can only become more: more runs, more a minute, more models, early access. The length of a period stays.`}
      </p>
      <TermsFields
        terms={draft}
        onChange={setDraft}
        problems={{ ...problems, ...Object.fromEntries(worse.map((field) => [field, LESS[field]])) }}
        models={models}
      />
    </DialogForm>
  );
}
