import type { EndpointRunRequest, EndpointRunResult } from '../../lib/protocol/endpoint-contract';
import type { Places } from './places';
import { type Answer, Problem, problemAnswer } from './problem';

type Watch = { signal: AbortSignal; onProgress: (fraction: number) => void };
/** Makes a run's result. Throws Problem where it says why. */
export type MakeResult = (request: EndpointRunRequest, watch: Watch) => Promise<EndpointRunResult>;

/** Nobody waits longer, whatever deadline they name; and a timer cannot count beyond 24 days. */
const MAX_RUN_MS = 24 * 3_600_000;

async function inPlace<T>(places: Places, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  await places.take();
  try {
    signal.throwIfAborted();
    return await work();
  } finally {
    places.give();
  }
}

/** Takes a run to its answer, which is a problem where it fails, is stopped, or is late. Never rejects. */
export async function makeRun(request: EndpointRunRequest, make: MakeResult, places: Places, { signal: stop, onProgress }: Watch): Promise<Answer> {
  const late = AbortSignal.timeout(Math.min(Math.max(request.deadline * 1000 - Date.now(), 0), MAX_RUN_MS));
  const signal = AbortSignal.any([stop, late]);
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Problem('failed', late.aborted ? 'the run’s deadline has passed' : 'the run was cancelled')));
  });
  const made = inPlace(places, signal, () => make(request, { signal, onProgress }));
  // A model that goes on after it was told to stop keeps its place, and not its caller.
  made.catch(() => {});
  try {
    return { status: 200, body: await Promise.race([made, stopped]) };
  } catch (error) {
    if (error instanceof Problem) return problemAnswer(error);
    console.error(`run ${request.run}:`, error);
    return problemAnswer(new Problem('failed', 'the model threw an error; its own log says which'));
  }
}
