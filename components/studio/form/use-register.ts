import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { createVersionAction } from '@/lib/studio/actions';
import type { Draft, Secrets } from './draft';
import { type Problems, serverProblems } from './problems';
import { versionInputOf } from './to-input';

/** Registers the draft, and goes to it. `onFields` gets what the server says of single fields. */
export function useRegister(model: string | null, onDone: () => void, onFields: (problems: Problems) => void) {
  const router = useRouter();
  const [problem, say] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const register = (draft: Draft, secrets: Secrets) =>
    startTransition(async () => {
      say(null);
      const answer = await createVersionAction(versionInputOf(draft, secrets, model)).catch(() => undefined);
      if (answer?.data) {
        onDone();
        return router.push(`/studio/${answer.data.slug}` as Route);
      }
      say(
        answer?.serverError?.message ??
          (answer ? 'Some of what was sent is not valid.' : 'The server does not answer. Try again: what you typed is kept.'),
      );
      onFields(serverProblems((answer?.serverError?.details?.fields ?? {}) as Record<string, string>));
    });
  return { register, pending, problem, say };
}
