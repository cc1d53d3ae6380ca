import type { Hex } from 'viem';
import { wasmKernel } from '@/lib/inference/house/kernel/wasm';
import { type HouseRequest, render } from '@/lib/inference/house/render';
import { rasterContent } from '@/lib/protocol/content';
import type { ReRunMessage } from './messages';

const PROGRESS_MS = 100;

/** One run, to its end: what a worker does with the one message it gets. Stopping it is ending the worker. */
export function runInWorker(request: HouseRequest, send: (message: ReRunMessage) => void): void {
  let told = performance.now();
  const onProgress = (done: number) => {
    const now = performance.now();
    if (now - told < PROGRESS_MS) return;
    told = now;
    send({ kind: 'progress', done });
  };
  try {
    const content: Hex = rasterContent(render(request, { kernel: kernelHere(), onProgress }));
    send({ kind: 'done', content });
  } catch (error) {
    send({ kind: 'failed', message: error instanceof Error ? error.message : 'unknown' });
  }
}

/** Some browsers and policies have no WebAssembly: plain arithmetic draws the same pixels in minutes instead of a second. */
export function kernelHere(): 'wasm' | 'plain' {
  try {
    wasmKernel();
    return 'wasm';
  } catch {
    return 'plain';
  }
}
