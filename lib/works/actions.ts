'use server';
import { operatorAction, userAction } from '@/lib/action';
import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { database } from '@/lib/db';
import { linkOpening } from './openings/link-opening';
import { openLink } from './openings/open-link';
import { revealOpening } from './openings/reveal-opening';
import { linkOpeningInput, openLinkInput, revealInput, withdrawLinkInput } from './openings/schema';
import { withdrawLink } from './openings/withdraw-link';
import { shareInput } from './schema';
import { shareWork } from './share-work';
import { putBackWork } from './takedowns/put-back-work';
import { putBackInput, takeDownInput } from './takedowns/schema';
import { takeDownWork } from './takedowns/take-down-work';

export const shareAction = userAction.inputSchema(shareInput).action(({ parsedInput, ctx }) => shareWork(database(), ctx.actor, parsedInput));

export const revealOpeningAction = userAction.inputSchema(revealInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('opening', ctx);
  return revealOpening(database(), ctx.actor, parsedInput);
});

export const linkOpeningAction = userAction.inputSchema(linkOpeningInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('opening', ctx);
  return linkOpening(database(), ctx.actor, parsedInput);
});

export const withdrawLinkAction = userAction
  .inputSchema(withdrawLinkInput)
  .action(({ parsedInput, ctx }) => withdrawLink(database(), ctx.actor, parsedInput));

export const openLinkAction = userAction.inputSchema(openLinkInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('opening', ctx);
  return openLink(database(), ctx.actor, parsedInput);
});

export const takeDownWorkAction = operatorAction
  .inputSchema(takeDownInput)
  .action(({ parsedInput, ctx }) => takeDownWork(database(), ctx.actor, parsedInput));

export const putBackWorkAction = operatorAction
  .inputSchema(putBackInput)
  .action(({ parsedInput, ctx }) => putBackWork(database(), ctx.actor, parsedInput));
