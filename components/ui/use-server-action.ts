'use client';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';

/** What a call of a server action comes back with. */
type Answer<T> = { data?: T; serverError?: { message: string }; validationErrors?: unknown } | undefined;

type Options<T> = {
  /** Said when no answer came. */
  lost?: string;
  onDone?(data: T | undefined): void;
};

/**
 * Calls a server action: whether it is under way, and what went wrong, in words for people. After each answer the page is read anew, since
 * a refusal, too, may mean that things have moved on. `say` shows a problem found before asking; null takes it away.
 */
export function useServerAction() {
  const router = useRouter();
  const [problem, say] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const run = <T>(call: () => Promise<Answer<T>>, { lost = 'The server does not answer. Try again.', onDone }: Options<T> = {}) =>
    startTransition(async () => {
      const answer = await call().catch(() => undefined);
      const refused = answer ? refusal(answer) : lost;
      say(refused);
      if (!refused) onDone?.(answer?.data);
      router.refresh();
    });
  return { run, pending, problem, say };
}

function refusal({ serverError, validationErrors }: NonNullable<Answer<unknown>>): string | null {
  if (serverError) return serverError.message;
  return validationErrors ? 'Some of what was sent is not valid. Look at it again.' : null;
}
