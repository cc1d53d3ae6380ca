import type { z } from 'zod';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { Caller } from '../doors/door';
import { getModelBody, listModelBodies } from '../models';
import type { GatewayCall } from '../route';
import { ownRun } from '../runs/own-run';
import { quoteRuns } from '../runs/quote-runs';
import { quoteBody, runBody } from '../runs/run-body';
import { runInput, type Scope } from '../schema';
import { findModelsInput, getGenerationInput, getModelInput, runToolInput, verifyToolInput } from './schema';
import { startAndWatch } from './start-and-watch';
import { verifyGiven } from './verify-given';

type Open = GatewayCall<Caller | null>;
export type Tool = {
  name: string;
  description: string;
  input: z.ZodType;
  /** It changes nothing, and costs nothing. */
  isReading: boolean;
  run: (db: Database, call: Open, given: unknown) => Promise<object>;
};

const tool = <T>(
  name: string,
  description: string,
  input: z.ZodType<T>,
  run: (db: Database, call: Open, given: T) => Promise<object>,
  isReading = true,
) => ({ name, description, input, isReading, run: (db, call, given) => run(db, call, input.parse(given)) }) satisfies Tool;

/** The call of somebody who may do this. Throws `no_credentials` or `scope_missing`. */
function callOf(call: Open, scope: Scope): GatewayCall<Caller> {
  if (!call.caller) throw new AppError('no_credentials');
  if (!call.caller.scopes.includes(scope)) throw new AppError('scope_missing', { details: { scope } });
  return { ...call, caller: call.caller };
}

const has = (words: string[], ...texts: string[]) => words.every((word) => texts.join(' ').toLowerCase().includes(word));

export const TOOLS: Tool[] = [
  tool(
    'find_models',
    'Models that take runs, with their prices in millicredits (1,000 are a credit, US$0.01).',
    findModelsInput,
    async (db, _, { query, kind }) => {
      const words = (query ?? '').toLowerCase().split(/\s+/).filter(Boolean);
      const { data } = await listModelBodies(db);
      return { models: data.filter((model) => (!kind || model.kind === kind) && has(words, model.id, model.name, model.tagline)) };
    },
  ),
  tool(
    'get_model',
    'A model: its settings as a JSON Schema, price, licence, and who signs its works.',
    getModelInput,
    async (db, call, { model }) => {
      const body = await getModelBody(db, model);
      call.note.modelSlug = body.id;
      return body;
    },
  ),
  tool('quote', 'The exact price of runs, standing for some minutes. Costs nothing and starts nothing.', runInput, async (db, call, given) => {
    const known = callOf(call, 'run');
    const { quote, model } = await quoteRuns(db, known, given);
    return quoteBody(quote, model, known.caller);
  }),
  tool(
    'run',
    'Starts runs and waits for them: what is delivered is paid with the owner’s credits or pass, what is not is not. Gives links to file and receipt.',
    runToolInput,
    (db, call, given) => startAndWatch(db, callOf(call, 'run'), given),
    false,
  ),
  tool('get_generation', 'How a run of yours is now.', getGenerationInput, async (db, call, { id }) =>
    runBody(await ownRun(db, { ...callOf(call, 'read'), params: { id } })),
  ),
  tool(
    'verify',
    'Where a work came from, link by link: by its id, token, CID, digest, text or receipt. No file is fetched.',
    verifyToolInput,
    verifyGiven,
  ),
];
