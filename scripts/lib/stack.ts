import type { Variables } from './environment';
import type { Report } from './report';
import { StackRun } from './stack-run';

export type StackOptions = {
  dataDir: string;
  /** `free`: any ports that nobody uses. `settings`: PORT, POSTGRES_PORT, CHAIN_PORT or the usual ones. */
  ports: 'free' | 'settings';
  /** `build`: the production build, made when sources changed. `dev`: hot reload. */
  web: 'build' | 'dev' | 'none';
  worker: boolean;
  /** Whether the local chain runs, and the contracts are on it. */
  chain: boolean;
  seed: boolean;
  report?: Report;
  /** Every line of the web app and the worker. */
  onLine?: (name: string, line: string) => void;
  /** The operator's settings; what is set here is not embedded. Default: none, so that a test never meets real data. */
  settings?: Variables;
};

export type Stack = {
  /** The settings the app and the worker run with, and DATABASE_OWNER_URL. */
  env: Record<string, string>;
  urls: { web: string; rpc: string };
  /** Rejects when a part is lost for good. */
  lost: Promise<never>;
  /** Stops everything in order. Safe to repeat; with `hurry` what still runs is killed. */
  stop(how?: { hurry?: boolean }): Promise<void>;
  /** Kills one part (web, worker, chain, postgres) as a crash would. */
  kill9(name: string): void;
};

/** Prepares a stack without starting it: its `stop` works from this moment on, in the middle of `start` too. */
export const prepareStack = (options: StackOptions): Pick<Stack, 'stop'> & { start(): Promise<Stack> } => new StackRun(options);

/** Starts a stack and waits until all of it is ready. When a part fails, the rest is stopped again. */
export const startStack = (options: StackOptions): Promise<Stack> => new StackRun(options).start();
