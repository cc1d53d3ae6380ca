import type { HouseRequest, Picture } from './render';

/** To the thread: one run. `stop[0]` becomes 1 when the run is no longer wanted. */
export interface RunMessage {
  request: HouseRequest;
  stop: Int32Array<SharedArrayBuffer>;
}

/** From the thread: progress 0..1, then exactly one end. */
export type ThreadMessage =
  | { kind: 'progress'; done: number }
  | { kind: 'picture'; picture: Picture }
  | { kind: 'stopped' }
  | { kind: 'failed'; message: string };
