import { resolve } from 'node:path';
import { describeError } from './lib/errors';
import { rootDir } from './lib/paths';
import { createReport, timingTable } from './lib/report';
import { prepareStack } from './lib/stack';

const dev = process.argv.includes('--dev');
const print = (line: string) => process.stdout.write(`${line}\n`);
process.stdout.on('error', () => {}); // the terminal may be gone while we still stop things

const report = createReport(print);
const stack = prepareStack({
  dataDir: resolve(rootDir, process.env.DATA_DIR || '.data'),
  ports: 'settings',
  web: dev ? 'dev' : 'build',
  worker: true,
  chain: true,
  seed: true,
  report,
  onLine: dev ? (name, line) => line.trim() && print(`[${name}] ${line}`) : undefined,
  settings: process.env,
});

let signals = 0;
async function stopOnSignal() {
  signals += 1;
  if (signals === 1) report.line('Stopping … (again to hurry)');
  await stack.stop({ hurry: signals > 1 });
  report.line('Stopped.');
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stopOnSignal());

try {
  const { urls, lost } = await stack.start();
  report.line('Ready. What took how long:');
  for (const row of timingTable(report.timings)) print(`            ${row}`);
  print(welcome(urls.web));
  await lost;
} catch (error) {
  if (signals > 0) await new Promise(() => {}); // the signal's own stop ends the process
  process.stderr.write(`\n${describeError(error)}\n`);
  await stack.stop();
  process.exit(1);
}

function welcome(url: string): string {
  return `
  Intaglio is at ${url}

  Four things to try first:
    1. ${url}/            look at the works, open one and see its record
    2. ${url}/models      pick a model, sign in with the local test wallet, make a work and mint it
    3. ${url}/verify      drop the file you made: every link of its chain is checked
    4. ${url}/studio      put a model to work; an example server is there for that

  Ctrl-C stops everything; the data stays.
`;
}
