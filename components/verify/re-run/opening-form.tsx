'use client';
import { useId, useRef, useState } from 'react';
import type { PromptOpening } from '@/lib/protocol/prompt';
import { readOpening } from '@/lib/provenance/re-run/read-opening';
import { Button } from '../../ui/button';
import { describedBy, Field } from '../../ui/field';
import { Textarea } from '../../ui/input';

/** More than any prompt there is. */
const MAX_FILE_BYTES = 256 * 1024;

/** Takes the opening of a prompt that is not revealed, by paste or as a file. It stays in the browser. */
export function OpeningForm({ wrong, onOpening }: { wrong: boolean; onOpening(opening: PromptOpening): void }) {
  const id = useId();
  const [text, setText] = useState('');
  const [unread, setUnread] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const take = (given: string) => {
    const opening = readOpening(given);
    setUnread(!opening);
    if (opening) onOpening(opening);
  };
  const error = unread ? 'That is no opening: JSON with salt and prompt.' : wrong ? 'These are not the salt and prompt that were signed.' : null;
  const hint = 'The prompt of this work is private. Whoever made it can take it as a file from the work’s page. It does not leave your browser.';
  return (
    <form
      className="grid w-full gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        take(text);
      }}
    >
      <Field id={id} label="The opening of the prompt" hint={hint} error={error}>
        <Textarea
          id={id}
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder='{"salt":"0x…","prompt":"…"}'
          spellCheck={false}
          autoComplete="off"
          className="font-mono text-xs"
          aria-describedby={describedBy(id, { hint, error })}
          aria-invalid={error !== null}
        />
      </Field>
      <input
        ref={file}
        type="file"
        accept="application/json,.json"
        className="sr-only"
        tabIndex={-1}
        aria-label="File of the opening"
        onChange={async (event) => {
          const [chosen] = event.target.files ?? [];
          event.target.value = '';
          if (chosen) take(chosen.size > MAX_FILE_BYTES ? '' : await chosen.text());
        }}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="small">
          Make it again
        </Button>
        <Button size="small" variant="outline" onClick={() => file.current?.click()}>
          Choose a file
        </Button>
      </div>
    </form>
  );
}
