'use client';
import { useState } from 'react';
import { addCanaryAction, removeCanaryAction } from '@/lib/protection/actions';
import type { CanaryDto } from '@/lib/protection/schema';
import { day } from '../format';
import { TextField } from '../studio/text-field';
import { Button } from '../ui/button';
import { Problem } from '../ui/problem';
import { useServerAction } from '../ui/use-server-action';

/** A model's canaries by the names their creator gave them. What they say is not here, and nowhere else with us. */
export function CanaryList({ slug, canaries }: { slug: string; canaries: CanaryDto[] }) {
  return (
    <div className="grid gap-5">
      {canaries.length > 0 && (
        <ul className="grid gap-3">
          {canaries.map((canary) => (
            <OneCanary key={canary.id} slug={slug} canary={canary} />
          ))}
        </ul>
      )}
      <NewCanary slug={slug} />
    </div>
  );
}

function OneCanary({ slug, canary: { id, label, kind, createdAt } }: { slug: string; canary: CanaryDto }) {
  const { run, pending, problem } = useServerAction();
  return (
    <li className="flex flex-wrap items-center gap-3 text-sm">
      <span>{label}</span>
      <span className="text-xs text-ink-faint">
        {kind}, since {day(createdAt)}
      </span>
      <Button size="small" variant="outline" loading={pending} onClick={() => run(() => removeCanaryAction({ model: slug, id }))}>
        Remove<span className="sr-only"> {label}</span>
      </Button>
      <Problem>{problem}</Problem>
    </li>
  );
}

function NewCanary({ slug: model }: { slug: string }) {
  const { run, pending, problem, say } = useServerAction();
  const [label, setLabel] = useState('');
  const [text, setText] = useState('');
  const content = text.trim();
  const add = () => {
    if (!label.trim() || !content) return say('Give it a name, and say what it is.');
    const input = /^0x[0-9a-fA-F]{64}$/.test(content) ? { kind: 'output' as const, content } : { kind: 'prompt' as const, prompt: text };
    run(() => addCanaryAction({ model, label: label.trim(), ...input }), {
      onDone: () => {
        setLabel('');
        setText('');
      },
    });
  };
  return (
    <form
      noValidate
      className="grid max-w-[30rem] gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <TextField label="Name" hint="So that you know which it is: do not give it away here." value={label} onValueChange={setLabel} maxLength={80} />
      <TextField
        label="Prompt, or content digest of an output"
        hint="A prompt of at least four words, or 0x and 64 digits."
        value={text}
        onValueChange={setText}
        rows={2}
      />
      <Problem>{problem}</Problem>
      <Button type="submit" variant="outline" loading={pending} className="justify-self-start">
        Add a canary
      </Button>
    </form>
  );
}
