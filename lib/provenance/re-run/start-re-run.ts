import type { Hex } from 'viem';
import type { HouseRequest } from '@/lib/inference/house/render';
import type { ReRunMessage } from './messages';

/** What is used of a browser's worker. */
type WorkerLike = Pick<Worker, 'postMessage' | 'terminate'> & {
  onmessage: ((event: MessageEvent<ReRunMessage>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};

const startWorker = (): WorkerLike => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** Runs a house model in a worker of its own, so that the page stays usable. Rejects with the signal's reason when it is stopped. */
export function startReRun(
  request: HouseRequest,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (done: number) => void },
  start: () => WorkerLike = startWorker,
): Promise<Hex> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = start();
    const end = () => {
      signal.removeEventListener('abort', stop);
      worker.terminate();
    };
    const stop = () => {
      end();
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    worker.onmessage = ({ data }) => {
      if (data.kind === 'progress') return onProgress(data.done);
      end();
      if (data.kind === 'done') resolve(data.content);
      else reject(new Error(data.message));
    };
    worker.onerror = (event) => {
      end();
      reject(new Error(event.message || 'the worker could not be started'));
    };
    worker.postMessage(request);
  });
}
