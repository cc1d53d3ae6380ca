'use server';
import { z } from 'zod';
import { userAction } from '@/lib/action';
import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { database } from '@/lib/db';
import { uuidInput } from '@/lib/uuid-input';
import { addDeployment } from './add-deployment';
import { confirmPublished } from './confirm-published';
import { createVersion } from './create-version';
import { describeModel } from './describe-model';
import { planPublishing } from './plan-publishing';
import { seeNotice } from './queries';
import { replaceSecret } from './replace-secret';
import { retireDeployment } from './retire-deployment';
import {
  addDeploymentInput,
  confirmInput,
  deploymentRef,
  describeInput,
  probeInput,
  publishInput,
  replaceSecretInput,
  setPriceInput,
  statusInput,
  versionInput,
} from './schema';
import { setModelStatus } from './set-model-status';
import { setPrice } from './set-price';
import { probeEndpoint, testEndpoint } from './test-endpoint';

/** A signed-in creator, at a pace that people have. */
const studioAction = userAction.use(async ({ next, ctx }) => {
  await takeForPerson('studio', ctx);
  return next({ ctx });
});
const done = { done: true } as const;

export const createVersionAction = studioAction
  .inputSchema(versionInput)
  .action(({ parsedInput, ctx }) => createVersion(database(), ctx.actor, parsedInput));

export const planPublishingAction = studioAction
  .inputSchema(publishInput)
  .action(({ parsedInput, ctx }) => planPublishing(database(), ctx.actor, parsedInput));

export const confirmPublishedAction = studioAction
  .inputSchema(confirmInput)
  .action(({ parsedInput, ctx }) => confirmPublished(database(), ctx.actor, parsedInput));

export const testEndpointAction = studioAction
  .inputSchema(deploymentRef)
  .action(({ parsedInput, ctx }) => testEndpoint(database(), ctx.actor, parsedInput));

export const probeEndpointAction = studioAction.inputSchema(probeInput).action(({ parsedInput }) => probeEndpoint(parsedInput));

export const setModelStatusAction = studioAction.inputSchema(statusInput).action(async ({ parsedInput, ctx }) => {
  await setModelStatus(database(), ctx.actor, parsedInput);
  return done;
});

export const addDeploymentAction = studioAction
  .inputSchema(addDeploymentInput)
  .action(({ parsedInput, ctx }) => addDeployment(database(), ctx.actor, parsedInput));

export const retireDeploymentAction = studioAction.inputSchema(deploymentRef).action(async ({ parsedInput, ctx }) => {
  await retireDeployment(database(), ctx.actor, parsedInput);
  return done;
});

export const replaceSecretAction = studioAction.inputSchema(replaceSecretInput).action(async ({ parsedInput, ctx }) => {
  await replaceSecret(database(), ctx.actor, parsedInput);
  return done;
});

export const describeModelAction = studioAction.inputSchema(describeInput).action(async ({ parsedInput, ctx }) => {
  await describeModel(database(), ctx.actor, parsedInput);
  return done;
});

export const setPriceAction = studioAction.inputSchema(setPriceInput).action(async ({ parsedInput, ctx }) => {
  await setPrice(database(), ctx.actor, parsedInput);
  return done;
});

export const seeNoticeAction = studioAction.inputSchema(z.object({ id: uuidInput })).action(async ({ parsedInput, ctx }) => {
  await seeNotice(database(), ctx.actor, parsedInput);
  return done;
});
