'use client';
import { useState } from 'react';
import { editAllowlistAction } from '@/lib/passes/actions';
import type { AllowlistDto } from '@/lib/passes/tier-schema';
import { Button } from '../../ui/button';
import { Choice } from '../../ui/choice';
import { Dialog } from '../../ui/dialog';
import { Progress } from '../../ui/progress';
import { useServerAction } from '../../ui/use-server-action';
import { DialogForm } from '../model/dialog-form';
import { TextField } from '../text-field';
import { addressCount, chunks, readPaste } from './paste';

const A_CALL = 1000;

/** Puts pasted addresses on a list, or takes them off it. */
export function EditList({ list }: { list: AllowlistDto }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" variant="outline" aria-label={`Change ${list.name}`} onClick={() => setOpen(true)}>
        Change
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={list.name}>
        <EditForm list={list} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function EditForm({ list, onDone }: { list: AllowlistDto; onDone(): void }) {
  const { run, pending, problem, say } = useServerAction();
  const [text, setText] = useState('');
  const [way, setWay] = useState<'add' | 'remove'>('add');
  const { addresses, wrong } = readPaste(text);
  const send = async () => {
    let answer: Awaited<ReturnType<typeof editAllowlistAction>> | undefined;
    for (const some of chunks(addresses, A_CALL)) {
      answer = await editAllowlistAction({ allowlistId: list.id, [way]: some });
      if (!answer.data) return answer;
    }
    return answer;
  };
  const submit = () => {
    if (wrong.length > 0) return say('Not all of it is addresses. See below the field.');
    if (addresses.length === 0) return say('Paste addresses first.');
    run(send, { onDone });
  };
  const found = addressCount(addresses.length);
  return (
    <DialogForm action={way === 'add' ? `Add ${found}` : `Remove ${found}`} pending={pending} problem={problem} onSubmit={submit}>
      <Choice<'add' | 'remove'>
        name="way"
        aria-label="What to do with them"
        value={way}
        options={[
          { value: 'add', label: 'Add' },
          { value: 'remove', label: 'Take off' },
        ]}
        onValueChange={setWay}
      />
      <TextField
        label="Addresses"
        rows={8}
        mono
        hint="One a line, or with commas between them; up to 10,000 on a list"
        value={text}
        onValueChange={setText}
        error={wrong.length > 0 ? `No address: ${wrong.slice(0, 3).join(', ')}${wrong.length > 3 ? ` and ${wrong.length - 3} more` : ''}` : null}
      />
      {pending && <Progress percent={null} label="Keeping the list" />}
    </DialogForm>
  );
}
