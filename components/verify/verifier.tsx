'use client';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Notice } from '../ui/notice';
import { Progress } from '../ui/progress';
import { DropArea } from './drop-area';
import { Report } from './report';
import { useVerify } from './use-verify';

/** The bench: a file or a token id in, the chain of evidence out. */
export function Verifier({ initialToken }: { initialToken: string }) {
  const { state, checkFile, checkToken, readCredentials } = useVerify();
  const [tokenId, setTokenId] = useState(initialToken);
  const answer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (initialToken) checkToken(initialToken);
  }, [initialToken, checkToken]);
  useEffect(() => {
    if (state.step === 'done') answer.current?.focus();
  }, [state.step]);
  return (
    <div className="grid gap-14">
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] lg:gap-16">
        <DropArea onFile={checkFile} onText={checkToken} />
        <form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            checkToken(tokenId);
          }}
        >
          <Field id="token" label="Or a token id" hint="Found on a work’s page and in any wallet or explorer that shows the token.">
            <Input
              id="token"
              name="token"
              value={tokenId}
              onChange={(event) => setTokenId(event.target.value)}
              placeholder="0x"
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
              aria-describedby="token-hint"
            />
          </Field>
          <Button type="submit" variant="outline" className="justify-self-start">
            Check the token
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
