'use server';
import { operatorAction, userAction } from '@/lib/action';
import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { database } from '@/lib/db';
import { creditLargeDeposit } from './credit-large-deposit';
import { quoteDeposit } from './quote-deposit';
import { refundDeposit } from './refund-deposit';
import { depositKey, depositQuoteInput } from './schema';

export const quoteDepositAction = userAction.inputSchema(depositQuoteInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('depositQuote', ctx);
  return quoteDeposit(database(), ctx.actor, parsedInput);
});

export const refundDepositAction = operatorAction
  .inputSchema(depositKey)
  .action(({ parsedInput, ctx }) => refundDeposit(database(), ctx.actor, parsedInput));

export const creditLargeDepositAction = operatorAction
  .inputSchema(depositKey)
  .action(({ parsedInput, ctx }) => creditLargeDeposit(database(), ctx.actor, parsedInput));
