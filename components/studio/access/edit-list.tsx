'use client';
import { useState } from 'react';
import { editAllowlistAction, readAllowlistAction } from '@/lib/passes/actions';
import type { AllowlistDto } from '@/lib/passes/tier-schema';
import { Button } from '../../ui/button';
import { Choice } from '../../ui/choice';
import { Dialog } from '../../ui/dialog';
import { Problem } from '../../ui/problem';
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
      if (!answer?.data) return answer;
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
    <>
      <WhatIsOnIt list={list} />
      <DialogForm action={way === 'add' ? `Add ${found}` : `Take ${found} off`} pending={pending} problem={problem} onSubmit={submit}>
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
        <div className="grid justify-items-start gap-2">
          <TextField
            className="w-full"
            label="Addresses"
            rows={8}
            mono
            hint="One a line, or with commas between them; up to 10,000 on a list"
            value={text}
            onValueChange={setText}
            error={
              wrong.length > 0
                ? `No address: ${wrong.slice(0, 3).map(shortened).join(', ')}${wrong.length > 3 ? ` and ${wrong.length - 3} more` : ''}`
                : null
            }
          />
          {wrong.length > 0 && addresses.length > 0 && (
            <Button size="small" variant="outline" onClick={() => setText(addresses.join('\n'))}>
              Leave out what is no address
            </Button>
          )}
        </div>
        {pending && <Progress percent={null} label="Keeping the list" />}
      </DialogForm>
    </>
  );
}

const shortened = (word: string) => (word.length > 50 ? `${word.slice(0, 46)}…` : word);

/** The addresses as they are kept, fetched when somebody wants to see them: there can be ten thousand. */
function WhatIsOnIt({ list }: { list: AllowlistDto }) {
  const { run, pending, problem } = useServerAction();
  const [kept, setKept] = useState<string[] | null>(null);
  if (list.count === 0) return null;
  return (
    <div className="grid justify-items-start gap-2">
      {kept ? (
        <TextField
          className="w-full"
          label={`On it: ${addressCount(kept.length)}`}
          rows={6}
          mono
          readOnly
          value={kept.join('\n')}
          onValueChange={() => {}}
        />
      ) : (
        <Button
          size="small"
          variant="outline"
          loading={pending}
          onClick={() => run(() => readAllowlistAction({ allowlistId: list.id }), { onDone: (found) => setKept(found ?? []) })}
        >
          Show what is on it
        </Button>
      )}
      <Problem>{problem}</Problem>
    </div>
  );
}
