import type { HouseRequest } from '@/lib/inference/house/render';
import { runInWorker } from './run-in-worker';

// The entry of the browser's worker: it gets one request and ends with it.
addEventListener('message', ({ data }: MessageEvent<HouseRequest>) => runInWorker(data, (message) => postMessage(message)), { once: true });
