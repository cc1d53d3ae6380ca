'use server';
import { userAction } from '@/lib/action';
import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { database } from '@/lib/db';
import { createKey } from './keys/create-key';
import { revokeKey } from './keys/revoke-key';
import { createKeyInput, keyIdInput } from './schema';

export const createKeyAction = userAction.inputSchema(createKeyInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('apiKey', ctx);
  return createKey(database(), ctx.actor, parsedInput);
});

export const revokeKeyAction = userAction.inputSchema(keyIdInput).action(({ parsedInput, ctx }) => revokeKey(database(), ctx.actor, parsedInput));
