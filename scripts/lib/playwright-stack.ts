import { rmSync } from 'node:fs';
import { freePort } from './ports';
import { createReport } from './report';
import { startStack } from './stack';
import { makeThrowawayDir } from './throwaway';

/** Playwright's global setup: the whole stack on fresh data and free ports, as one variable each for the tests. Returns the teardown. */
// biome-ignore lint/style/noDefaultExport: Playwright takes a module's default export
export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = await makeThrowawayDir();
  const report = createReport((line) => console.log(line));
  // Where tests start stand-ins of vendors: nothing listens there before, and what is there may be called although it is on this machine.
  const [first, second, hook] = await Promise.all([0, 1, 2].map(async () => `127.0.0.1:${await freePort()}`));
  const settings = { ENDPOINT_PRIVATE_HOSTS: `${first},${second}`, WEBHOOK_PRIVATE_HOSTS: `${hook}` };
  const stack = await startStack({ dataDir, ports: 'free', web: 'build', worker: true, chain: true, seed: true, report, settings });
  process.env.E2E_BASE_URL = stack.urls.web;
  process.env.E2E_RPC_URL = stack.urls.rpc;
  process.env.E2E_ENDPOINTS = [first, second, hook].join(',');
  process.env.E2E_STACK = JSON.stringify({ dataDir, env: stack.env });
  return async () => {
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
