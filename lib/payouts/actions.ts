'use server';
import { operatorAction, userAction } from '@/lib/action';
import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { database } from '@/lib/db';
import { env } from '@/lib/env';
import { openConnectApi } from '@/lib/stripe/open-connect-api';
import { approvePayout } from './approve-payout';
import { onboardingReturn, startOnboarding } from './connect/start-onboarding';
import { findDestination } from './list-rails';
import { requestPayout } from './request-payout';
import { decidePayoutInput, rejectPayoutInput, requestPayoutInput } from './schema';
import { cancelPayout, rejectPayout } from './withdraw-payout';

export const requestPayoutAction = userAction.inputSchema(requestPayoutInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('payout', ctx);
  const { payout } = await requestPayout(database(), ctx.actor, parsedInput, findDestination);
  return { id: payout.id, state: payout.state };
});

export const cancelPayoutAction = userAction.inputSchema(decidePayoutInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('payout', ctx);
  await cancelPayout(database(), ctx.actor, parsedInput);
  return { cancelled: true };
});

export const approvePayoutAction = operatorAction
  .inputSchema(decidePayoutInput)
  .action(({ parsedInput, ctx }) => approvePayout(database(), ctx.actor, parsedInput));

export const rejectPayoutAction = operatorAction.inputSchema(rejectPayoutInput).action(async ({ parsedInput, ctx }) => {
  await rejectPayout(database(), ctx.actor, parsedInput);
  return { rejected: true };
});

export const startOnboardingAction = userAction.action(async ({ ctx }) => {
  await takeForPerson('connect', ctx);
  return startOnboarding(database(), ctx.actor, openConnectApi(), onboardingReturn(env.PUBLIC_URL));
});
