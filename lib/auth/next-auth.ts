import 'server-only';
// biome-ignore-start lint/style/noRestrictedImports: token.ts and next-auth.ts are the one place that knows next-auth
import NextAuth, { type NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
// biome-ignore-end lint/style/noRestrictedImports: as above
import { chainId, publicClient } from '@/lib/chain/client';
import { database } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError, describeError, toAppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { endSession } from './end-session';
import { findActor } from './queries';
import { clientOf, takeOne } from './rate-limit';
import { signInInput } from './schema';
import { currentActor } from './session';
import { SESSION_LIFETIME_MS, signIn } from './sign-in';
import { sessionCookie, tokenSecret } from './token';

declare module 'next-auth' {
  interface User {
    sessionId: string;
  }
}
declare module 'next-auth/jwt' {
  interface JWT {
    sessionId?: string;
  }
}

const maxAge = SESSION_LIFETIME_MS / 1000;

const siwe = Credentials({
  id: 'siwe',
  name: 'Ethereum',
  credentials: { message: {}, signature: {} },
  async authorize(credentials, request) {
    try {
      const headers = new Headers(request.headers as Record<string, string>);
      await takeOne('signIn', clientOf(headers));
      const input = signInInput.safeParse(credentials);
      if (!input.success) throw new AppError('invalid_input');
      const actor = await signIn(database(), input.data, {
        client: publicClient(),
        origin: env.PUBLIC_URL,
        chainId: await chainId(),
        userAgent: headers.get('user-agent'),
        replaces: (await currentActor())?.sessionId,
      });
      return { id: actor.userId, sessionId: actor.sessionId };
    } catch (thrown) {
      const error = toAppError(thrown);
      log[describeError(error.code).level]({ code: error.code, details: error.details, err: error.cause }, 'sign-in failed');
      // The message of what is thrown here reaches the browser, in the answer's address: a code and nothing more.
      throw new Error(error.code);
    }
  },
});

/** Made per request: settings are read at run time, and a build has none. */
function options(): NextAuthOptions {
  return {
    secret: tokenSecret(),
    session: { strategy: 'jwt', maxAge },
    jwt: { maxAge },
    useSecureCookies: env.PUBLIC_URL.startsWith('https:'),
    cookies: { sessionToken: sessionCookie() },
    // The library's own pages are never shown.
    pages: { signIn: '/', signOut: '/', error: '/' },
    providers: [siwe],
    callbacks: {
      async jwt({ token, user }) {
        if (user) return { sub: user.id, sessionId: user.sessionId };
        const alive = token.sessionId && (await findActor(database(), token.sessionId));
        if (!alive) throw new Error('the session has ended');
        return token;
      },
      async session({ token, session }) {
        const actor = token.sessionId ? await findActor(database(), token.sessionId) : null;
        return { expires: session.expires, user: { name: actor?.address } };
      },
    },
    events: {
      async signOut({ token }) {
        if (token?.sessionId) await endSession(database(), token.sessionId);
      },
    },
    logger: {
      // Among others, every cookie of an ended or foreign session: worth a line, not a stack.
      error: (code, metadata) => log.info({ code, reason: metadata instanceof Error ? metadata.message : undefined }, 'next-auth'),
      warn: (code) => log.warn({ code }, 'next-auth'),
      debug: () => {},
    },
  };
}

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** GET and POST of /api/auth/*: csrf, callback/siwe (sign-in), session, signout. */
export async function authRoute(request: Request, context: RouteContext): Promise<Response> {
  return NextAuth(options())(request, context) as Promise<Response>;
}
