import { issueNonce } from '@/lib/auth/issue-nonce';
import { clientOf, takeOne } from '@/lib/auth/rate-limit';
import { requireSameOrigin } from '@/lib/auth/same-origin';
import type { SignInTermsDto } from '@/lib/auth/schema';
import { chainId } from '@/lib/chain/client';
import { database } from '@/lib/db';
import { env } from '@/lib/env';
import { route } from '@/lib/route';

/** POST → SignInTermsDto. */
export const POST = route(async ({ request }) => {
  requireSameOrigin(request.headers, env.PUBLIC_URL);
  await takeOne('nonce', clientOf(request.headers));
  const terms: SignInTermsDto = { nonce: await issueNonce(database()), origin: new URL(env.PUBLIC_URL).origin, chainId: await chainId() };
  return Response.json(terms, { headers: { 'cache-control': 'no-store' } });
});
