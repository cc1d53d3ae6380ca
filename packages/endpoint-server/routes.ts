import { setTimeout } from 'node:timers/promises';
import type { z } from 'zod';
import { batchRequestSchema, CONTRACT, runRequestSchema } from '../../lib/protocol/endpoint-contract';
import { type Answer, Problem } from './problem';
import { readRun } from './read-run';
import type { Run, Runs } from './runs';
import type { Settings } from './settings';
import { signBatch } from './sign-batch';
import type { VersionSigner } from './version-key';

type Parts = { runs: Runs; signer: VersionSigner | null; settings: Settings };
const POLL_MS = 1_000;

function parse<T>(body: Buffer, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new Problem('bad_request', 'the body is not JSON');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Problem('bad_request', parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; '));
}

/** The run's answer if it ends within `withinMs`, else where it is. */
async function answerWithin(id: string, run: Run, withinMs: number): Promise<Answer> {
  const ended = await Promise.race([run.ended, setTimeout(withinMs, null, { ref: false })]);
  return ended ?? { status: 202, body: { run: id, pollAfterMs: POLL_MS, progress: run.progress } };
}

/** What a signed request gets. Throws Problem. */
export async function answer(method: string, path: string, body: Buffer, { runs, signer, settings }: Parts): Promise<Answer> {
  const id = /^\/runs\/([0-9a-f-]{36})$/.exec(path)?.[1];
  if (method === 'GET' && path === '/health') {
    const { versions } = settings;
    return { status: 200, body: { contract: CONTRACT, versions, signer: signer?.address ?? null, busy: runs.underWay() } };
  }
  if (method === 'POST' && path === '/runs') {
    const request = parse(body, runRequestSchema);
    // Refused at once, and not as the run's result: nothing of it is kept.
    readRun(request, settings);
    return answerWithin(request.run, runs.submit(request), settings.answerWithinMs);
  }
  if (method === 'GET' && id) {
    const run = runs.find(id);
    if (!run) throw new Problem('not_found', 'there is no such run');
    return answerWithin(id, run, 0);
  }
  if (method === 'DELETE' && id) return { status: runs.stop(id) ? 202 : 204, body: {} };
  if (method === 'POST' && path === '/batches') {
    const request = parse(body, batchRequestSchema);
    const { version, root, count } = request;
    return { status: 200, body: { version, root, count, signature: await signBatch(request, signer, settings) } };
  }
  throw new Problem('not_found', `there is no ${method} ${path}`);
}
