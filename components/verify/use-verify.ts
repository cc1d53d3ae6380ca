import { useCallback, useRef, useState } from 'react';
import type { VerifyReport } from '@/lib/provenance/schema';

export type VerifyState =
  | { step: 'idle' }
  | { step: 'checking'; what: string }
  /** `readCredentials`: reads the file's Content Credentials as well, where they were not. */
  | { step: 'done'; what: string; report: VerifyReport; readCredentials?: () => Promise<VerifyReport>; isReading?: boolean }
  | { step: 'failed'; message: string };

type Answer = Pick<Extract<VerifyState, { step: 'done' }>, 'report' | 'readCredentials'>;

const MAX_FILE_BYTES = 50 * 1024 * 1024;
const TOKEN_ID = /^(0x[0-9a-fA-F]{1,64}|\d{1,78})$/;
const PNG = [0x89, 0x50, 0x4e, 0x47];
const UNREACHABLE = 'The server does not answer. Check your connection and try again.';

const messageOf = (error: unknown) => (error instanceof Error && !(error instanceof TypeError) ? error.message : UNREACHABLE);

async function ofFile(file: File): Promise<Answer> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!PNG.every((byte, i) => bytes[i] === byte)) throw new Error('That is not a PNG file. Works are delivered as PNG.');
  const { checkHere } = await import('./check-here');
  return checkHere(bytes);
}

async function ofToken(tokenId: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch('/api/verify', { method: 'POST', headers, body: JSON.stringify({ tokenId }) });
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Error(answer?.error?.message ?? 'The server could not check this.');
  return { report: answer };
}

/** Checks a file here, or a token at the server; the newest question wins. */
export function useVerify() {
  const [state, setState] = useState<VerifyState>({ step: 'idle' });
  const asked = useRef(0);

  const run = useCallback(async (what: string, check: () => Promise<Answer>) => {
    const turn = ++asked.current;
    const say = (next: VerifyState) => turn === asked.current && setState(next);
    say({ step: 'checking', what });
    try {
      say({ step: 'done', what, ...(await check()) });
    } catch (error) {
      say({ step: 'failed', message: messageOf(error) });
    }
  }, []);

  const checkFile = useCallback(
    (file: File) => {
      if (file.size > MAX_FILE_BYTES) return setState({ step: 'failed', message: 'That file is larger than 50 MB. Works are smaller than that.' });
      run(file.name || 'the pasted picture', () => ofFile(file));
    },
    [run],
  );
  const checkToken = useCallback(
    (text: string) => {
      const tokenId = text.trim();
      if (!TOKEN_ID.test(tokenId))
        return setState({ step: 'failed', message: 'That is not a token id. One starts with 0x and has up to 64 hex digits.' });
      run('the token', () => ofToken(tokenId));
    },
    [run],
  );
  const readCredentials = useCallback(async () => {
    if (state.step !== 'done' || !state.readCredentials || state.isReading) return;
    const turn = asked.current;
    const say = (next: VerifyState) => turn === asked.current && setState(next);
    say({ ...state, isReading: true });
    try {
      say({ step: 'done', what: state.what, report: await state.readCredentials() });
    } catch (error) {
      say({ step: 'failed', message: messageOf(error) });
    }
  }, [state]);
  return { state, checkFile, checkToken, readCredentials };
}
