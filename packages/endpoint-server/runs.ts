import { canonicalize } from 'json-canonicalize';
import type { EndpointRunRequest } from '../../lib/protocol/endpoint-contract';
import { sha256Hex } from '../../lib/protocol/hash';
import { type MakeResult, makeRun } from './make-run';
import { openPlaces } from './places';
import { type Answer, Problem } from './problem';
import type { RunStore } from './run-store';

/** A run that is under way, or has ended. */
export type Run = { progress?: number; ended: Promise<Answer> };
type Live = Run & { terms: string; stop: AbortController };

const BUSY_SECONDS = 5;
/** What makes a run the same. Not its deadline, which whoever sends it again may count anew. */
const termsOf = (request: EndpointRunRequest) => sha256Hex(canonicalize({ ...request, deadline: 0 }));

/** All runs of a server: each is made once, whatever is sent again and whenever the process ends. */
export function openRuns({ store, make, concurrency, queue }: { store: RunStore; make: MakeResult; concurrency: number; queue: number }) {
  const live = new Map<string, Live>();
  let closed = false;
  const places = openPlaces(concurrency);

  function start(request: EndpointRunRequest): Live {
    const run: Live = { terms: termsOf(request), stop: new AbortController(), ended: Promise.resolve({ status: 500, body: {} }) };
    const onProgress = (fraction: number) => {
      if (fraction >= 0 && fraction <= 1) run.progress = fraction;
    };
    run.ended = makeRun(request, make, places, { signal: run.stop.signal, onProgress }).then((answer) => {
      // What the end of the process has stopped is made at its next start; what the platform has stopped, if it asks again.
      const cancelled = run.stop.signal.aborted && answer.status !== 200;
      if (cancelled && !closed) store.forget(request.run);
      if (!cancelled) store.finish(request.run, { terms: run.terms, answer });
      live.delete(request.run);
      return answer;
    });
    live.set(request.run, run);
    return run;
  }

  const find = (id: string): (Run & { terms: string }) | undefined => {
    const running = live.get(id);
    if (running) return running;
    const ended = store.find(id);
    return ended && { terms: ended.terms, ended: Promise.resolve(ended.answer) };
  };

  for (const request of store.unfinished()) start(request);
  return {
    find: (id: string): Run | undefined => find(id),
    underWay: () => live.size,
    /** The run of this request: a new one, or the one there is. Throws Problem `conflict` or `busy`. */
    submit(request: EndpointRunRequest): Run {
      const known = find(request.run);
      if (known && known.terms !== termsOf(request)) throw new Problem('conflict', 'the run id was used for another request');
      if (known) return known;
      if (live.size >= concurrency + queue) throw new Problem('busy', `${live.size} runs are under way`, BUSY_SECONDS);
      if (request.deadline * 1000 <= Date.now()) throw new Problem('bad_request', 'the run’s deadline has passed');
      // On disk before it is started: a run that was accepted is not lost with the process.
      store.accept(request);
      return start(request);
    },
    /** True where there was something to stop. */
    stop(id: string): boolean {
      const run = live.get(id);
      run?.stop.abort(new Error('cancelled'));
      return run !== undefined;
    },
    close(): void {
      closed = true;
      for (const { stop } of live.values()) stop.abort(new Error('the server is stopping'));
    },
  };
}
export type Runs = ReturnType<typeof openRuns>;
