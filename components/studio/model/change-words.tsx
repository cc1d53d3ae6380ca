'use client';
import { useState } from 'react';
import { describeModelAction } from '@/lib/studio/actions';
import type { StudioModelDto } from '@/lib/studio/schema';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { useServerAction } from '../../ui/use-server-action';
import { TextField } from '../text-field';
import { DialogForm } from './dialog-form';

type Props = { model: Pick<StudioModelDto, 'slug' | 'tagline' | 'description'> };

/** What the model's page says of it, and the way to say it otherwise. */
export function ChangeWords({ model }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" variant="outline" onClick={() => setOpen(true)}>
        Change its words
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="What its page says">
        <WordsForm model={model} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function WordsForm({ model: { slug, ...given }, onDone }: Props & { onDone(): void }) {
  const { run, pending, problem } = useServerAction();
  const [tagline, setTagline] = useState(given.tagline);
  const [description, setDescription] = useState(given.description);
  const keep = () => run(() => describeModelAction({ model: slug, tagline, description }), { onDone });
  return (
    <DialogForm action="Keep it" pending={pending} problem={problem} onSubmit={keep}>
      <p className="text-sm text-ink-soft">Its name stands in each version’s manifest, and stays.</p>
      <TextField label="In a sentence" value={tagline} onValueChange={setTagline} maxLength={120} />
      <TextField label="Description" value={description} onValueChange={setDescription} maxLength={4000} rows={6} />
    </DialogForm>
  );
}
