import { database } from '@/lib/db';
import { fresh, gatewayRoute, readJson } from '@/lib/gateway/route';
import { quoteRuns } from '@/lib/gateway/runs/quote-runs';
import { quoteBody } from '@/lib/gateway/runs/run-body';
import { runInput } from '@/lib/gateway/schema';

/** What runs with these settings cost. Costs nothing, and starts nothing. */
export const POST = gatewayRoute('run', async (call) => {
  const { quote, model } = await quoteRuns(database(), call, readJson(call, runInput));
  return fresh(quoteBody(quote, model, call.caller));
});
