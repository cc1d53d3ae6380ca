import { Worker } from 'node:worker_threads';
import { parseParams } from './parameters';
import { type HouseRequest, type Picture, seedText } from './render';
import type { RunMessage, ThreadMessage } from './thread-messages';

export interface RunOptions {
  /** Stops the run within a row or takes it out of the queue; the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  /** 0..1, about ten times a second. */
  onProgress?: (done: number) => void;
}

export interface HousePool {
  /** Renders on a thread. Rejects with ParameterError, RangeError (seed) or the signal's reason. */
  render(request: HouseRequest, options?: RunOptions): Promise<Picture>;
  /** Ends all threads; runs under way are rejected. */
  close(): Promise<void>;
}

interface Job {
  request: HouseRequest;
  options: RunOptions;
  stop: Int32Array<SharedArrayBuffer>;
  resolve: (picture: Picture) => void;
  reject: (reason: unknown) => void;
}

interface Seat {
  worker: Worker;
  job: Job | undefined;
}

function startThread(): Worker {
  const worker = new Worker(new URL('./thread-boot.mjs', import.meta.url), { execArgv: [], env: {} });
  worker.unref();
  return worker;
}

/** Worker threads for the house models, started when first needed and then kept. */
export function createHousePool({ threads }: { threads: number }): HousePool {
  const seats: Seat[] = [];
  const queue: Job[] = [];
  let closed = false;

  const free = (seat: Seat) => {
    seat.job = undefined;
    seat.worker.unref();
    next();
  };

  const hear = (seat: Seat, message: ThreadMessage) => {
    const { job } = seat;
    if (!job) return;
    if (message.kind === 'progress') {
      job.options.onProgress?.(message.done);
      return;
    }
    if (message.kind === 'picture') {
      job.options.onProgress?.(1);
      job.resolve(message.picture);
    } else if (message.kind === 'stopped') {
      job.reject(job.options.signal?.reason ?? new Error('the run was stopped'));
    } else {
      job.reject(new Error(message.message));
    }
    free(seat);
  };

  const lose = (seat: Seat, reason: unknown) => {
    const at = seats.indexOf(seat);
    if (at >= 0) seats.splice(at, 1);
    seat.job?.reject(reason);
    seat.job = undefined;
    if (!closed) next();
  };

  const seatOf = (): Seat | undefined => {
    const idle = seats.find((seat) => !seat.job);
    if (idle || seats.length >= threads) return idle;
    const seat: Seat = { worker: startThread(), job: undefined };
    seat.worker.on('message', (message: ThreadMessage) => hear(seat, message));
    seat.worker.on('error', (error) => lose(seat, error));
    seat.worker.on('exit', () => lose(seat, new Error('the render thread ended')));
    seats.push(seat);
    return seat;
  };

  const next = () => {
    while (queue.length > 0) {
      const seat = seatOf();
      const job = seat && queue.shift();
      if (!seat || !job) return;
      seat.job = job;
      seat.worker.ref();
      seat.worker.postMessage({ request: job.request, stop: job.stop } satisfies RunMessage);
    }
  };

  const enqueue = (request: HouseRequest, options: RunOptions) =>
    new Promise<Picture>((resolve, reject) => {
      const { signal } = options;
      const stop = new Int32Array(new SharedArrayBuffer(4));
      const job: Job = { request, options, stop, resolve, reject };
      const abort = () => {
        Atomics.store(stop, 0, 1);
        const waiting = queue.indexOf(job);
        if (waiting < 0) return;
        queue.splice(waiting, 1);
        reject(signal?.reason);
      };
      job.resolve = (picture) => {
        signal?.removeEventListener('abort', abort);
        resolve(picture);
      };
      job.reject = (reason) => {
        signal?.removeEventListener('abort', abort);
        reject(reason);
      };
      signal?.addEventListener('abort', abort, { once: true });
      queue.push(job);
      next();
    });

  return {
    async render(request, options = {}) {
      if (closed) throw new Error('the pool is closed');
      options.signal?.throwIfAborted();
      const params = parseParams(request.model, request.params);
      return enqueue({ ...request, params, seed: seedText(request.seed) }, options);
    },
    async close() {
      closed = true;
      for (const job of queue.splice(0)) job.reject(new Error('the pool was closed'));
      await Promise.all([...seats].map((seat) => seat.worker.terminate()));
    },
  };
}
