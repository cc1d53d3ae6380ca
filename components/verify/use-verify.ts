import { useCallback, useRef, useState } from 'react';
import type { Hex } from 'viem';
import { LOOK_UP_PROBLEM, readLookUp } from '@/lib/provenance/look-up-input';
import { lookUp } from './ask-server';
import { type Checked, checkFile as checkOneFile } from './check-file';

export type VerifyState =
  | { step: 'idle' }
  | { step: 'checking'; what: string }
  /** `readCredentials`: reads the file's Content Credentials as well, where they were not. */
  | ({ step: 'done'; what: string; isReading?: boolean } & Checked)
  | { step: 'failed'; message: string };

const MAX_FILE_BYTES = 50 * 1024 * 1024;
const UNREACHABLE = 'The server does not answer. Check your connection and try again.';
const names = {
  token: 'the token',
  cid: 'the CID',
  receipt: 'the receipt',
  receiptDigest: 'the receipt',
  content: 'the content',
  digest: 'the digest',
};

const messageOf = (error: unknown) => (error instanceof Error && !(error instanceof TypeError) ? error.message : UNREACHABLE);

/** Checks a file here, or what somebody has pasted at the server; the newest question wins. */
export function useVerify() {
  const [state, setState] = useState<VerifyState>({ step: 'idle' });
  const asked = useRef(0);

  const run = useCallback(async (what: string, check: () => Promise<Checked>) => {
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
      run(file.name || 'the pasted picture', () => checkOneFile(file));
    },
    [run],
  );
  const checkText = useCallback(
    (text: string) => {
      const question = readLookUp(text);
      if (!question) return setState({ step: 'failed', message: LOOK_UP_PROBLEM });
      run(names[question.kind], async () => ({ report: await lookUp(question) }));
    },
    [run],
  );
  const readCredentials = useCallback(async () => {
    if (state.step !== 'done' || !state.readCredentials || state.isReading) return;
    const turn = asked.current;
    const say = (next: VerifyState) => turn === asked.current && setState(next);
    say({ ...state, isReading: true });
    try {
      const { what, resembles, remake } = state;
      say({ step: 'done', what, resembles, remake, report: await state.readCredentials() });
    } catch (error) {
      say({ step: 'failed', message: messageOf(error) });
    }
  }, [state]);
  const { remake } = state.step === 'done' ? state : {};
  const addRun = useCallback(
    async (content: string) => {
      if (!remake) return;
      const turn = asked.current;
      // What was found before stands where the second check cannot be made.
      const report = await remake.check(content as Hex).catch(() => null);
      if (report) setState((now) => (turn === asked.current && now.step === 'done' ? { ...now, report } : now));
    },
    [remake],
  );
  return { state, checkFile, checkText, readCredentials, addRun };
}
