'use server';
import { userAction } from '@/lib/action';
import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { database } from '@/lib/db';
import { allowlistEntries, createAllowlist, deleteAllowlist, editAllowlist } from './allowlists';
import { planPurchase, planRenewal } from './plan-purchase';
import { planCap, planSale } from './plan-sale';
import { planTiers } from './plan-tiers';
import { planTransfer } from './plan-transfer';
import { planWithdrawal } from './proceeds';
import { quotePurchase } from './relay/quote-purchase';
import { quoteRenewal } from './relay/quote-renewal';
import { passOfferInput, passRelayInput, renewalOfferInput } from './relay/schema';
import { startPurchase } from './relay/start-purchase';
import { startRenewal } from './relay/start-renewal';
import { setAccess } from './set-access';
import { setTerms } from './set-terms';
import { signRefund } from './sign-refund';
import {
  allowlistRef,
  buyInput,
  capInput,
  editAllowlistInput,
  giveInput,
  newAllowlistInput,
  passRef,
  renewInput,
  saleInput,
  setAccessInput,
  setTermsInput,
  tiersInput,
} from './tier-schema';

/** A signed-in person, at a pace that people have. */
const passAction = userAction.use(async ({ next, ctx }) => {
  await takeForPerson('pass', ctx);
  return next({ ctx });
});
const done = { done: true } as const;

export const planTiersAction = passAction.inputSchema(tiersInput).action(({ parsedInput, ctx }) => planTiers(database(), ctx.actor, parsedInput));

export const planSaleAction = passAction.inputSchema(saleInput).action(({ parsedInput, ctx }) => planSale(database(), ctx.actor, parsedInput));

export const planCapAction = passAction.inputSchema(capInput).action(({ parsedInput, ctx }) => planCap(database(), ctx.actor, parsedInput));

export const setTermsAction = passAction.inputSchema(setTermsInput).action(async ({ parsedInput, ctx }) => {
  await setTerms(database(), ctx.actor, parsedInput);
  return done;
});

export const setAccessAction = passAction.inputSchema(setAccessInput).action(async ({ parsedInput, ctx }) => {
  await setAccess(database(), ctx.actor, parsedInput);
  return done;
});

export const createAllowlistAction = passAction
  .inputSchema(newAllowlistInput)
  .action(({ parsedInput, ctx }) => createAllowlist(database(), ctx.actor, parsedInput));

export const editAllowlistAction = passAction.inputSchema(editAllowlistInput).action(async ({ parsedInput, ctx }) => {
  await editAllowlist(database(), ctx.actor, parsedInput);
  return done;
});

export const deleteAllowlistAction = passAction.inputSchema(allowlistRef).action(async ({ parsedInput, ctx }) => {
  await deleteAllowlist(database(), ctx.actor, parsedInput);
  return done;
});

export const planWithdrawalAction = passAction.action(({ ctx }) => planWithdrawal(database(), ctx.actor));

export const readAllowlistAction = passAction
  .inputSchema(allowlistRef)
  .action(({ parsedInput, ctx }) => allowlistEntries(database(), ctx.actor, parsedInput.allowlistId));

export const planPurchaseAction = passAction.inputSchema(buyInput).action(({ parsedInput, ctx }) => planPurchase(database(), ctx.actor, parsedInput));

export const planRenewalAction = passAction.inputSchema(renewInput).action(({ parsedInput, ctx }) => planRenewal(database(), ctx.actor, parsedInput));

export const quotePassPurchaseAction = userAction.inputSchema(passOfferInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('relayQuote', ctx);
  return quotePurchase(database(), ctx.actor, parsedInput);
});

export const startPassPurchaseAction = userAction.inputSchema(passRelayInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('relay', ctx);
  return startPurchase(database(), ctx.actor, parsedInput);
});

export const quotePassRenewalAction = userAction.inputSchema(renewalOfferInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('relayQuote', ctx);
  return quoteRenewal(database(), ctx.actor, parsedInput);
});

export const startPassRenewalAction = userAction.inputSchema(passRelayInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('relay', ctx);
  return startRenewal(database(), ctx.actor, parsedInput);
});

export const signRefundAction = passAction.inputSchema(passRef).action(({ parsedInput, ctx }) => signRefund(database(), ctx.actor, parsedInput));

export const planTransferAction = passAction
  .inputSchema(giveInput)
  .action(({ parsedInput, ctx }) => planTransfer(database(), ctx.actor, parsedInput));
