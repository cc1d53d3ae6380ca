'use server';
import { userAction } from '@/lib/action';
import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { database } from '@/lib/db';
import { addCanary, removeCanary } from './canaries';
import { dismissAlarm } from './dismiss-alarm';
import { refundRuns } from './refund-runs';
import { restrain } from './restrain';
import { addCanaryInput, alarmRef, canaryRef, refundRunsInput, restrainInput, setBudgetInput } from './schema';
import { setBudget } from './set-budget';

/** A signed-in creator, at a pace that people have. */
const protectionAction = userAction.use(async ({ next, ctx }) => {
  await takeForPerson('studio', ctx);
  return next({ ctx });
});
const done = { done: true } as const;

export const setBudgetAction = protectionAction.inputSchema(setBudgetInput).action(async ({ parsedInput, ctx }) => {
  await setBudget(database(), ctx.actor, parsedInput);
  return done;
});

export const restrainAction = protectionAction.inputSchema(restrainInput).action(async ({ parsedInput, ctx }) => {
  await restrain(database(), ctx.actor, parsedInput);
  return done;
});

export const refundRunsAction = protectionAction
  .inputSchema(refundRunsInput)
  .action(({ parsedInput, ctx }) => refundRuns(database(), ctx.actor, parsedInput));

export const addCanaryAction = protectionAction
  .inputSchema(addCanaryInput)
  .action(({ parsedInput, ctx }) => addCanary(database(), ctx.actor, parsedInput));

export const removeCanaryAction = protectionAction.inputSchema(canaryRef).action(async ({ parsedInput, ctx }) => {
  await removeCanary(database(), ctx.actor, parsedInput);
  return done;
});

export const dismissAlarmAction = protectionAction.inputSchema(alarmRef).action(async ({ parsedInput, ctx }) => {
  await dismissAlarm(database(), ctx.actor, parsedInput);
  return done;
});
