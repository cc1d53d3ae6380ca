'use server';
import { userAction } from '@/lib/action';
import { database } from '@/lib/db';
import { cancelGeneration } from './cancel-generation';
import { listGenerations } from './queries';
import { quote } from './quote';
import { generationIdInput, quoteInput, startInput } from './schema';
import { startGenerations } from './start-generations';

export const quoteAction = userAction.inputSchema(quoteInput).action(({ parsedInput, ctx }) => quote(database(), ctx.actor, parsedInput));

export const startAction = userAction.inputSchema(startInput).action(async ({ parsedInput, ctx }) => {
  const { quoteId } = await startGenerations(database(), ctx.actor, parsedInput);
  return { quoteId, generations: await listGenerations(database(), ctx.actor, { quoteId }) };
});

export const cancelAction = userAction
  .inputSchema(generationIdInput)
  .action(({ parsedInput, ctx }) => cancelGeneration(database(), ctx.actor, parsedInput));
