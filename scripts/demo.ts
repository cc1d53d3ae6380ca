import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { forSpawn } from './lib/environment';
import { rootDir } from './lib/paths';
import { createReport } from './lib/report';
import { findRunningStack, type RunningStack } from './lib/running-stack';
import { startStack } from './lib/stack';
import { makeThrowawayDir } from './lib/throwaway';

// npm run demo: the main job without a screen, against the stack that runs on .data/ or one of its own.
const { values } = parseArgs({ options: { data: { type: 'string' } } });
const report = createReport(console.log);

type Running = RunningStack & { stop: () => Promise<void> };

async function startOwn(): Promise<Running> {
  const dataDir = values.data ? resolve(values.data) : await makeThrowawayDir();
  const stack = await startStack({ dataDir, ports: 'free', web: 'build', worker: true, chain: true, seed: true, report });
  const stop = async () => {
    await stack.stop();
    if (!values.data) rmSync(dataDir, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().then(() => process.exit(1)));
  return { env: stack.env, urls: stack.urls, stop };
}

/** The journey is a process of its own: the app's server code needs the condition `react-server`, which cannot be set later. */
function runJourney({ env, urls }: Running): Promise<number> {
  const args = ['--conditions=react-server', '--import', 'tsx', join(rootDir, 'scripts/lib/demo-journey.ts')];
  const settings = { ...process.env, LOG_LEVEL: 'warn', ...env, DEMO_WEB_URL: urls.web };
  const child = spawn(process.execPath, args, { cwd: rootDir, stdio: 'inherit', env: forSpawn(settings) });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

const found = values.data ? null : await findRunningStack(resolve(process.env.DATA_DIR ?? '.data'), 'web');
const running: Running = found ? { ...found, stop: async () => {} } : await startOwn();
process.exitCode = await runJourney(running).finally(running.stop);
process.exit();
