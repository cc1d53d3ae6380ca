import { parentPort } from 'node:worker_threads';
import { RenderStopped, render } from './render';
import type { RunMessage, ThreadMessage } from './thread-messages';

const PROGRESS_MS = 100;

const port = parentPort;
if (!port) throw new Error('thread.ts runs in a worker thread');

function run({ request, stop }: RunMessage, send: (message: ThreadMessage, transfer: ArrayBuffer[]) => void): void {
  let told = performance.now();
  try {
    const picture = render(request, {
      shouldStop: () => Atomics.load(stop, 0) !== 0,
      onProgress: (done) => {
        const now = performance.now();
        if (now - told < PROGRESS_MS) return;
        told = now;
        send({ kind: 'progress', done }, []);
      },
    });
    send({ kind: 'picture', picture }, [picture.rgba.buffer]);
  } catch (error) {
    if (error instanceof RenderStopped) send({ kind: 'stopped' }, []);
    else send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }, []);
  }
}

port.on('message', (message: RunMessage) => run(message, (answer, transfer) => port.postMessage(answer, transfer)));
