'use server';
import { userAction } from '@/lib/action';
import { database } from '@/lib/db';
import { quoteDeposit } from './quote-deposit';
import { depositQuoteInput } from './schema';

export const quoteDepositAction = userAction
  .inputSchema(depositQuoteInput)
  .action(async ({ parsedInput, ctx }) => quoteDeposit(database(), ctx.actor, parsedInput));
