import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localChainId } from './chain';
import type { Variables } from './environment';
import { rootDir } from './paths';
import { type Child, type ChildSpec, startChild } from './processes';
import { runTask } from './tasks';

export type PartOptions = {
  dataDir: string;
  env: Variables;
  port: number;
  host: string;
  dev: boolean;
  onLine?: (name: string, line: string) => void;
  onSpawn?: (child: Child) => void;
};

// Server code is marked with `server-only`, which refuses to load without this condition.
const serverCondition = '--conditions=react-server';
const program = (path: string) => join(rootDir, path);

const nodeChild = (options: PartOptions, name: string, args: string[], ready: RegExp): ChildSpec => ({
  name,
  command: process.execPath,
  args,
  env: options.env,
  cwd: rootDir,
  ready,
  readyTimeoutMs: 120_000,
  stopSignal: 'SIGTERM',
  signalGroup: true,
  onSpawn: options.onSpawn,
  onLine: options.onLine && ((line) => options.onLine?.(name, line)),
});

/** The worker that runs jobs. In development it starts again when a source changes. */
export function startWorker(options: PartOptions): Promise<Child> {
  const entry = program('lib/jobs/worker-main.ts');
  if (!options.dev) return startChild(options.dataDir, nodeChild(options, 'worker', [serverCondition, '--import', 'tsx', entry], /worker ready/));
  const watch = [program('node_modules/tsx/dist/cli.mjs'), 'watch', '--clear-screen=false', serverCondition, entry];
  return startChild(options.dataDir, nodeChild(options, 'worker', watch, /worker ready/));
}

/** The stand-in for Stripe, which sends its events to the web app. */
export function startStripeSimulator(options: PartOptions, simulatorPort: number): Promise<Child> {
  const env = {
    ...options.env,
    SIMULATOR_PORT: String(simulatorPort),
    SIMULATOR_WEBHOOK_URL: `http://127.0.0.1:${options.port}/api/webhooks/stripe`,
  };
  const args = ['--import', 'tsx', program('scripts/standins/stripe/main.ts')];
  return startChild(options.dataDir, nodeChild({ ...options, env }, 'stripe', args, /stripe simulator ready/));
}

/** The reference server of our endpoint contract with its example model: what a creator runs beside a model of their own. */
export function startExampleEndpoint(options: PartOptions, endpointPort: number): Promise<Child> {
  const folder = join(options.dataDir, 'example-endpoint');
  mkdirSync(folder, { recursive: true });
  const settings = {
    port: endpointPort,
    model: program('packages/endpoint-server/example-model.ts'),
    platformKeys: `http://127.0.0.1:${options.port}/.well-known/intaglio-endpoint-keys.json`,
    chainId: localChainId,
    concurrency: 2,
  };
  const path = join(folder, 'endpoint.json');
  writeFileSync(path, `${JSON.stringify(settings, null, 2)}\n`);
  const args = ['--import', 'tsx', program('packages/endpoint-server/main.ts'), path];
  return startChild(options.dataDir, nodeChild(options, 'endpoint', args, /serving every version/));
}

/** The web app: the production build, or with hot reload. */
export function startWeb(options: PartOptions): Promise<Child> {
  const mode = options.dev ? 'dev' : 'start';
  const args = [program('node_modules/next/dist/bin/next'), mode, '-p', String(options.port), '-H', options.host];
  return startChild(options.dataDir, nodeChild(options, 'web', args, /Ready in/));
}

/** Runs a TypeScript program of the repository with the app's settings, to its end. */
export function runScript(options: Omit<PartOptions, 'port' | 'host' | 'dev'>, name: string, path: string): Promise<void> {
  const args = [serverCondition, '--import', 'tsx', program(path)];
  const onLine = options.onLine && ((line: string) => options.onLine?.(name, line));
  return runTask({ dataDir: options.dataDir, name, args, env: options.env, onSpawn: options.onSpawn, onLine });
}

export const hasProgram = (path: string): boolean => existsSync(program(path));
