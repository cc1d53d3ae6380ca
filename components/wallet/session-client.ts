import type { SignInTermsDto } from '@/lib/auth/schema';
import { describeError, isErrorCode } from '@/lib/errors';
import { WalletProblem } from './wallet-problem';

/** A fresh nonce and what the message has to say. Throws WalletProblem. */
export async function fetchSignInTerms(): Promise<SignInTermsDto> {
  const response = await fetch('/api/siwe/nonce', { method: 'POST' }).catch(() => null);
  const body = (await response?.json().catch(() => null)) as (SignInTermsDto & { error?: { message: string } }) | null | undefined;
  if (!response?.ok || !body) throw new WalletProblem(body?.error?.message ?? 'The server does not answer. Try again.');
  if (body.origin !== window.location.origin) throw new WalletProblem(`This server takes sign-ins at ${body.origin}. Open it there.`);
  return body;
}

/** Hands the signed message in; the answer sets the session's cookie. Throws WalletProblem with the reason. */
export async function handInSignIn(message: string, signature: string): Promise<void> {
  const csrf = (await fetch('/api/auth/csrf').then((r) => r.json())) as { csrfToken: string };
  const response = await fetch('/api/auth/callback/siwe', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrfToken: csrf.csrfToken, message, signature, json: 'true', callbackUrl: '/' }),
  });
  const { url } = (await response.json().catch(() => ({}))) as { url?: string };
  const answer = new URL(url ?? '/', window.location.origin).searchParams;
  // A stale CSRF cookie is answered with 200 and a way back to start.
  if (response.ok && !answer.has('csrf')) return;
  const code = answer.get('error');
  throw new WalletProblem(describeError(isErrorCode(code) ? code : 'sign_in_refused').message);
}
