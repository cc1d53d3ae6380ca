'use server';
import { userAction } from '@/lib/action';
import { takeOne } from '@/lib/auth/rate-limit';
import { database } from '@/lib/db';
import { quoteDeposit } from './quote-deposit';
import { depositQuoteInput } from './schema';

export const quoteDepositAction = userAction.inputSchema(depositQuoteInput).action(async ({ parsedInput, ctx }) => {
  await takeOne('depositQuote', ctx.actor.userId);
  return quoteDeposit(database(), ctx.actor, parsedInput);
});
