'use client';
import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { shortHex } from '@/components/format';
import { signOutAction } from '@/lib/auth/actions';
import { say } from './notices';

/** Ways for a session to end from this browser. Each ends it on the server first; the page then shows what the server says. */
export function useSessionEnd() {
  const router = useRouter();

  const signOut = useCallback(async (): Promise<boolean> => {
    const result = await signOutAction().catch(() => null);
    const ended = Boolean(result?.data) || result?.serverError?.code === 'signed_out';
    if (!ended) say({ tone: 'bad', text: 'You could not be signed out just now: the server did not answer. Try again.' });
    router.refresh();
    return ended;
  }, [router]);

  const endForOther = useCallback(
    async (other: string) => {
      if (!(await signOut())) return;
      say({ tone: 'plain', text: `Your wallet switched to ${shortHex(other)}. You are signed out; sign in as that account to go on.` });
    },
    [signOut],
  );

  return { signOut, endForOther };
}
