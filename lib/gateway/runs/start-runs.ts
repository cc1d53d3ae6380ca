import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { listGenerations } from '@/lib/generations/queries';
import { openQuote } from '@/lib/generations/quote-token';
import type { GenerationDto } from '@/lib/generations/schema';
import { startGenerations } from '@/lib/generations/start-generations';
import { loadVersion } from '@/lib/models/load-version';
import type { Caller } from '../doors/door';
import { countCall, judge, modelLimit, stateOfRefusal, tierState } from '../limits';
import type { GatewayCall } from '../route';
import type { StartRunsInput } from '../schema';
import { once } from './once';
import { boundToAnother, quoteRuns } from './quote-runs';

/**
 * Starts what is asked for: a quote that was given, or settings, which are priced first. Sent again with the same Idempotency-Key it starts nothing
 * more. Caps and models of a key are the database’s to enforce, in the transaction that holds the credits; the pass it is bound to is looked for in the
 * quote, which may come from elsewhere.
 */
export async function startRuns(
  db: Database,
  call: GatewayCall<Caller>,
  input: StartRunsInput,
): Promise<{ quoteId: string; started: boolean; runs: GenerationDto[] }> {
  const { caller, note } = call;
  const { actor } = caller;
  const token = 'quote' in input ? input.quote : await once(db, call, async () => (await quoteRuns(db, call, input)).quote.token);
  const { quoteId, version, askedPassId, runs: quoted } = openQuote(token, actor);
  if (caller.passId && askedPassId !== caller.passId) throw boundToAnother();
  const { modelId } = await loadVersion(db, version);
  // The database refuses it for what starts now; runs that were started before are not theirs to read either.
  if (caller.modelIds.length > 0 && !caller.modelIds.includes(modelId)) throw new AppError('model_not_allowed');
  const limit = modelLimit(actor.userId, modelId);
  const counted = await countCall(
    db,
    quoted.map(() => limit.name),
  );
  judge(call.limits, counted, [limit]);
  const { started, rate } = await startGenerations(db, actor, { token }).catch((error: unknown) => {
    call.limits.push(...stateOfRefusal(error));
    throw error;
  });
  if (rate) call.limits.push(await tierState(db, rate));
  const runs = await listGenerations(db, actor, { quoteId });
  note.modelSlug = runs[0]?.modelSlug ?? note.modelSlug;
  note.quoteId = quoteId;
  if (started) note.millicredits = quoted.reduce((sum, run) => sum + BigInt(run.priceMillicredits), 0n);
  return { quoteId, started, runs };
}
