'use client';
import { useState } from 'react';
import { createAllowlistAction, deleteAllowlistAction } from '@/lib/passes/actions';
import type { AllowlistDto } from '@/lib/passes/tier-schema';
import { ConfirmButton } from '../../admin/confirm-button';
import { Button } from '../../ui/button';
import { Problem } from '../../ui/problem';
import { useServerAction } from '../../ui/use-server-action';
import { TextField } from '../text-field';
import { EditList } from './edit-list';
import { addressCount } from './paste';

/** The creator's lists of addresses, for all of their models. */
export function Allowlists({ lists }: { lists: AllowlistDto[] }) {
  const { run, pending, problem, say } = useServerAction();
  const [name, setName] = useState('');
  const create = () => {
    if (name.trim() === '') return say('Give the list a name first.');
    run(() => createAllowlistAction({ name }), { onDone: () => setName('') });
  };
  return (
    <div className="grid gap-6">
      {lists.length > 0 && (
        <ul className="border-t border-rule">
          {lists.map((list) => (
            <ListRow key={list.id} list={list} />
          ))}
        </ul>
      )}
      <form
        noValidate
        className="grid justify-items-start gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <TextField
          className="w-full max-w-80"
          label="Name of a new list"
          hint="Only you see it"
          maxLength={80}
          value={name}
          onValueChange={setName}
        />
        <Button type="submit" variant="outline" loading={pending}>
          Make the list
        </Button>
        <Problem>{problem}</Problem>
      </form>
    </div>
  );
}

function ListRow({ list }: { list: AllowlistDto }) {
  const { run, pending, problem } = useServerAction();
  return (
    <li className="grid gap-2 border-b border-rule py-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 text-sm break-words">
          {list.name} <span className="text-ink-faint tabular-nums">{addressCount(list.count)}</span>
        </p>
        <div className="flex flex-wrap gap-2">
          <EditList list={list} />
          <ConfirmButton
            label={
              <>
                Delete <span className="sr-only">{list.name}</span>
              </>
            }
            sure={`Delete it with its ${addressCount(list.count)}`}
            pending={pending}
            onConfirm={() => run(() => deleteAllowlistAction({ allowlistId: list.id }))}
          />
        </div>
      </div>
      <Problem>{problem}</Problem>
    </li>
  );
}
