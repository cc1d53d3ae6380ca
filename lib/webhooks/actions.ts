'use server';
import { userAction } from '@/lib/action';
import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { database } from '@/lib/db';
import { createEndpoint } from './create-endpoint';
import { removeEndpoint } from './remove-endpoint';
import { replayDelivery } from './replay-delivery';
import { rotateSecret } from './rotate-secret';
import { createWebhookInput, setWebhookStateInput, webhookIdInput } from './schema';
import { sendTest } from './send-test';
import { setState } from './set-state';

export const createWebhookAction = userAction.inputSchema(createWebhookInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('webhook', ctx);
  return createEndpoint(database(), ctx.actor, parsedInput);
});

export const rotateWebhookSecretAction = userAction.inputSchema(webhookIdInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('webhook', ctx);
  return rotateSecret(database(), ctx.actor, parsedInput);
});

export const setWebhookStateAction = userAction.inputSchema(setWebhookStateInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('webhook', ctx);
  return setState(database(), ctx.actor, parsedInput);
});

export const removeWebhookAction = userAction
  .inputSchema(webhookIdInput)
  .action(({ parsedInput, ctx }) => removeEndpoint(database(), ctx.actor, parsedInput));

export const replayWebhookAction = userAction.inputSchema(webhookIdInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('webhook', ctx);
  return replayDelivery(database(), ctx.actor, parsedInput);
});

export const testWebhookAction = userAction.inputSchema(webhookIdInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('webhook', ctx);
  return sendTest(database(), ctx.actor, parsedInput);
});
