import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openGuard } from './guard';
import { resultMaker } from './make-result';
import type { Model } from './model';
import { platformVerifier } from './platform-keys';
import { type Answer, Problem, problemAnswer } from './problem';
import { answer } from './routes';
import { openRunStore } from './run-store';
import { openRuns } from './runs';
import type { Settings } from './settings';
import { openVersionKey } from './version-key';

const FORGET_EVERY_MS = 3_600_000;

function send(response: ServerResponse, { status, body, retryAfterSeconds }: Answer): void {
  const text = status === 204 ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': status < 400 ? 'application/json' : 'application/problem+json',
    'cache-control': 'no-store',
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    // What was refused before its body was read is not read any further.
    ...(status === 401 && { connection: 'close' }),
  });
  response.end(text);
}

function refusalOf(error: unknown): Answer {
  if (error instanceof Problem) return problemAnswer(error);
  console.error('a request failed:', error);
  return problemAnswer(new Problem('failed', 'the server threw an error; its own log says which'));
}

export type Endpoint = { url: string; signer: string | null; close: () => Promise<void> };

/** Opens key, runs and port. Settings' paths are absolute. */
export async function startEndpoint(settings: Settings, model: Model): Promise<Endpoint> {
  const signer = settings.custody === 'creator' ? openVersionKey(settings.keyFile) : null;
  const store = openRunStore(settings.dataDir, settings.keepHours);
  store.forgetOld();
  const runs = openRuns({ store, make: resultMaker(model, signer, settings), ...settings });
  const verify = platformVerifier(settings.platformKeys);
  let guard: ReturnType<typeof openGuard> | undefined;

  async function handle(request: IncomingMessage): Promise<Answer> {
    if (!guard) throw new Error('not listening yet');
    const body = await guard(request);
    return answer(request.method ?? '', new URL(request.url ?? '/', 'http://path').pathname, body, { runs, signer, settings });
  }

  const server = createServer((request, response) => {
    handle(request)
      .catch(refusalOf)
      .then((what) => send(response, what));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(settings.port, settings.host, resolve));
  const url = settings.publicUrl ?? `http://${settings.host}:${(server.address() as AddressInfo).port}`;
  guard = openGuard(url, verify);
  const sweep = setInterval(() => store.forgetOld(), FORGET_EVERY_MS);
  sweep.unref();
  return {
    url,
    signer: signer?.address ?? null,
    close: async () => {
      clearInterval(sweep);
      runs.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
