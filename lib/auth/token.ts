// biome-ignore lint/style/noRestrictedImports: token.ts and next-auth.ts are the one place that knows next-auth
import { decode } from 'next-auth/jwt';
import { z } from 'zod';
import { env } from '@/lib/env';
import { deriveSecret } from '@/lib/keys/derive';
import { uuidInput } from '@/lib/uuid-input';

const claims = z.object({ sessionId: uuidInput });

export const tokenSecret = () => deriveSecret('session').toString('hex');

/** The browser binds a `__Host-` cookie to this very host over https; plain http (a local stack) cannot have one. */
export function sessionCookie() {
  const secure = env.PUBLIC_URL.startsWith('https:');
  return {
    name: secure ? '__Host-intaglio-session' : 'intaglio-session',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure } as const,
  };
}

/** The session id in a cookie's encrypted token; null for anything that is not a token of ours or is out of date. */
export async function readSessionId(token: string): Promise<string | null> {
  try {
    return claims.parse(await decode({ token, secret: tokenSecret() })).sessionId;
  } catch {
    return null;
  }
}
