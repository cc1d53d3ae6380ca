'use server';
import { userAction } from '@/lib/action';
import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { database } from '@/lib/db';
import { cancelGeneration } from './cancel-generation';
import { listGenerations } from './queries';
import { quote } from './quote';
import { generationIdInput, quoteInput, startInput } from './schema';
import { startGenerations } from './start-generations';

export const quoteAction = userAction.inputSchema(quoteInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('quote', ctx);
  return quote(database(), ctx.actor, parsedInput);
});

export const startAction = userAction.inputSchema(startInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('start', ctx);
  const { quoteId } = await startGenerations(database(), ctx.actor, parsedInput);
  return { quoteId, generations: await listGenerations(database(), ctx.actor, { quoteId }) };
});

export const cancelAction = userAction
  .inputSchema(generationIdInput)
  .action(({ parsedInput, ctx }) => cancelGeneration(database(), ctx.actor, parsedInput));
