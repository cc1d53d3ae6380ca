import 'server-only';
import { cookies } from 'next/headers';
import { cache } from 'react';
import type { SessionActor } from '@/lib/actor';
import { database } from '@/lib/db';
import { isOperator } from './operator';
import { findActor } from './queries';
import type { ViewerDto } from './schema';
import { readSessionId, sessionCookie } from './token';

/** Who is asking, by the session's row and not by the token alone: a session that was ended is nobody. Asked once per request. */
export const currentActor = cache(async (): Promise<SessionActor | null> => {
  const token = (await cookies()).get(sessionCookie().name)?.value;
  const sessionId = token && (await readSessionId(token));
  return sessionId ? findActor(database(), sessionId) : null;
});

/** What the page may tell the browser about who is asking. */
export async function currentViewer(): Promise<ViewerDto> {
  const actor = await currentActor();
  return actor && { address: actor.address, operator: isOperator(actor) };
}

/** Takes the cookie off this browser. Ending the session itself is `endSession`. */
export async function dropSessionCookie(): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
}
