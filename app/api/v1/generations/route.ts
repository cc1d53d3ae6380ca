import { z } from 'zod';
import { database } from '@/lib/db';
import { fresh, gatewayRoute, payableRoute, readJson } from '@/lib/gateway/route';
import { runBody } from '@/lib/gateway/runs/run-body';
import { startRuns } from '@/lib/gateway/runs/start-runs';
import { startRunsInput } from '@/lib/gateway/schema';
import { payPerCall } from '@/lib/gateway/x402/pay-per-call';
import { paidRun } from '@/lib/gateway/x402/payables';
import { pageGenerations } from '@/lib/generations/queries';
import { uuidInput } from '@/lib/uuid-input';

/** Starts runs: of a quote, or of settings, which are priced on the way. Without credentials one run of these settings can be paid (x402). */
export const POST = payableRoute(
  'run',
  async (call) => {
    const { quoteId, started, runs } = await startRuns(database(), call, readJson(call, startRunsInput));
    return fresh({ quoteId, generations: runs.map(runBody) }, { status: started ? 201 : 200 });
  },
  payPerCall(paidRun),
);

const pageQuery = z.object({ cursor: uuidInput.optional(), limit: z.coerce.number().int().min(1).max(100).default(20) });

/** The caller's runs, newest first: of the models that what they came with is for. */
export const GET = gatewayRoute('read', async ({ caller, query }) => {
  const { cursor, limit } = pageQuery.parse(Object.fromEntries(query));
  const { runs, next } = await pageGenerations(database(), caller.actor, { after: cursor ?? null, size: limit, modelIds: caller.modelIds });
  return fresh({ generations: runs.map(runBody), nextCursor: next });
});
