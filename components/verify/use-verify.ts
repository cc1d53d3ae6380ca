import { useCallback, useRef, useState } from 'react';
import type { VerifyReport } from '@/lib/provenance/schema';

export type VerifyState =
  | { step: 'idle' }
  | { step: 'checking'; what: string; percent: number | null }
  | { step: 'done'; what: string; report: VerifyReport }
  | { step: 'failed'; message: string };

const MAX_FILE_BYTES = 50 * 1024 * 1024;
const TOKEN_ID = /^(0x[0-9a-fA-F]{1,64}|\d{1,78})$/;
const UNREACHABLE = 'The server does not answer. Check your connection and try again.';

/** Checks a file or a token id at the server; the newest question wins. */
export function useVerify() {
  const [state, setState] = useState<VerifyState>({ step: 'idle' });
  const asked = useRef(0);

  const run = useCallback((what: string, body: FormData | string) => {
    const turn = ++asked.current;
    const isCurrent = () => turn === asked.current;
    setState({ step: 'checking', what, percent: null });
    // XMLHttpRequest and not fetch: it tells how much of a file is already uploaded.
    const request = new XMLHttpRequest();
    request.open('POST', '/api/verify');
    request.responseType = 'json';
    if (typeof body === 'string') request.setRequestHeader('content-type', 'application/json');
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      if (isCurrent() && lengthComputable)
        setState({ step: 'checking', what, percent: loaded === total ? null : Math.round((loaded / total) * 100) });
    };
    request.onload = () => {
      if (!isCurrent()) return;
      const answer: (VerifyReport & { error?: { message: string } }) | null = request.response;
      if (request.status === 200 && answer) setState({ step: 'done', what, report: answer });
      else setState({ step: 'failed', message: answer?.error?.message ?? 'The server could not check this.' });
    };
    request.onerror = () => isCurrent() && setState({ step: 'failed', message: UNREACHABLE });
    request.send(body);
  }, []);

  const checkFile = useCallback(
    (file: File) => {
      if (file.size > MAX_FILE_BYTES) return setState({ step: 'failed', message: 'That file is larger than 50 MB. Works are smaller than that.' });
      const form = new FormData();
      form.set('file', file);
      run(file.name || 'the pasted picture', form);
    },
    [run],
  );
  const checkToken = useCallback(
    (text: string) => {
      const tokenId = text.trim();
      if (!TOKEN_ID.test(tokenId))
        return setState({ step: 'failed', message: 'That is not a token id. One starts with 0x and has up to 64 hex digits.' });
      run('the token', JSON.stringify({ tokenId }));
    },
    [run],
  );
  return { state, checkFile, checkToken };
}
