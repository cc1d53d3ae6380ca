import { database } from '@/lib/db';
import { fresh, gatewayRoute } from '@/lib/gateway/route';
import { ownRun } from '@/lib/gateway/runs/own-run';
import { runBody } from '@/lib/gateway/runs/run-body';
import { cancelGeneration } from '@/lib/generations/cancel-generation';

export const GET = gatewayRoute('read', async (call) => fresh(runBody(await ownRun(database(), call))));

/** Cancels a run: one that waits at once, one that is being made at best; what was delivered is paid. */
export const DELETE = gatewayRoute('run', async (call) => {
  const { id } = await ownRun(database(), call);
  await cancelGeneration(database(), call.caller.actor, { id });
  return fresh(runBody(await ownRun(database(), call)), { status: 202 });
});
