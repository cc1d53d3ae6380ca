'use client';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Textarea } from '../ui/input';
import { Notice } from '../ui/notice';
import { Progress } from '../ui/progress';
import { DropArea } from './drop-area';
import { ReRun } from './re-run/re-run';
import { Report } from './report';
import { Resemblances } from './resemblances';
import { useVerify } from './use-verify';

/** The bench: a file or whatever is known of a work in, the chain of evidence out. */
export function Verifier({ initial }: { initial: string }) {
  const { state, checkFile, checkText, readCredentials, addRun } = useVerify();
  const [asked, setAsked] = useState(initial);
  const answer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (initial) checkText(initial);
  }, [initial, checkText]);
  useEffect(() => {
    if (state.step === 'done') answer.current?.focus();
  }, [state.step]);
  return (
    <div className="grid gap-14">
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] lg:gap-16">
        <DropArea onFile={checkFile} onText={checkText} />
        <form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            checkText(asked);
          }}
        >
          <Field
            id="asked"
            label="Or say what you have"
            hint="A token id, a CID, the digest of a receipt or a content, or a receipt as JSON. A link to the token will do, too."
          >
            <Textarea
              id="asked"
              name="asked"
              value={asked}
              onChange={(event) => setAsked(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
                event.preventDefault();
                event.currentTarget.form?.requestSubmit();
              }}
              placeholder="0x…"
              autoComplete="off"
              spellCheck={false}
              className="max-h-64 font-mono break-all"
              aria-describedby="asked-hint"
              required
            />
          </Field>
          <Button type="submit" variant="outline" className="justify-self-start">
            Look it up
          </Button>
        </form>
      </div>
      <div ref={answer} tabIndex={-1} aria-live="polite" className="outline-none">
        {state.step === 'checking' && (
          <div className="grid max-w-md gap-3">
            <p className="text-sm text-ink-soft">Checking {state.what}</p>
            <Progress percent={null} label="Progress of the check" />
          </div>
        )}
        {state.step === 'failed' && (
          <Notice tone="bad" role="alert">
            {state.message}
          </Notice>
        )}
        {state.step === 'done' && (
          <div className="grid gap-8">
            <Report report={state.report} what={state.what} />
            {state.remake && (
              <ReRun
                key={state.remake.record.receipt.content}
                record={state.remake.record}
                manifest={state.remake.manifest}
                opening={null}
                onContent={addRun}
              />
            )}
            {state.resembles && <Resemblances works={state.resembles} />}
            {state.readCredentials && (
              <div className="grid justify-items-start gap-2">
                <Button variant="outline" loading={state.isReading} onClick={readCredentials}>
                  Read its Content Credentials, too
                </Button>
                <p className="text-xs text-ink-faint">Loads the official C2PA reader, 9 MB. The file stays in this browser.</p>
              </div>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
