'use server';

import { userAction } from '@/lib/action';
import { database } from '@/lib/db';
import { endSession } from './end-session';
import { dropSessionCookie } from './session';

/** Ends the session on the server, then takes the cookie away; when the first fails, the person is told and still signed in. */
export const signOutAction = userAction.action(async ({ ctx }) => {
  await endSession(database(), ctx.actor.sessionId);
  await dropSessionCookie();
  return { signedOut: true };
});
