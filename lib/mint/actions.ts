'use server';
import { userAction } from '@/lib/action';
import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { database } from '@/lib/db';
import { keepPassPicture } from './pass-pictures/keep-picture';
import { passPictureInput } from './pass-pictures/schema';
import { planMintWithdrawal } from './proceeds';
import { quoteRelay } from './relay/quote-relay';
import { relayInput, relayQuoteInput } from './relay/schema';
import { startRelay } from './relay/start-relay';
import { requestVoucher } from './request-voucher';
import { mintWithdrawalInput, voucherInput } from './schema';

export const requestVoucherAction = userAction.inputSchema(voucherInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('voucher', ctx);
  return requestVoucher(database(), ctx.actor, parsedInput);
});

export const quoteRelayAction = userAction.inputSchema(relayQuoteInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('relayQuote', ctx);
  return quoteRelay(database(), ctx.actor, parsedInput);
});

export const startRelayAction = userAction.inputSchema(relayInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('relay', ctx);
  return startRelay(database(), ctx.actor, parsedInput);
});

export const keepPassPictureAction = userAction.inputSchema(passPictureInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('passPicture', ctx);
  return keepPassPicture(database(), ctx.actor, parsedInput);
});

export const planMintWithdrawalAction = userAction.inputSchema(mintWithdrawalInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('studio', ctx);
  return planMintWithdrawal(database(), ctx.actor, parsedInput);
});
