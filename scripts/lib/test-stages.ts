import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureBrowser } from './browser';
import { generateClient } from './build-web';
import { forSpawn, type Variables } from './environment';
import { readJson } from './files';
import { rootDir } from './paths';

/** `failures` names what failed, for the last lines of the output: of a long log people (and CI) often keep only those. */
export type Counts = { passed: number; failed: number; failures?: string[] };
export type Stage = { name: string; title: string; run(): Promise<Counts> };

const reportDir = join(rootDir, '.data', 'test-reports');
const bin = (path: string) => join(rootDir, 'node_modules', path);
const say = (line: string) => console.log(line);

/** Every stage of `npm test`, in order. A stage that is one yes or no counts as one test. */
export const stages: Stage[] = [
  { name: 'lint', title: 'Lint and format', run: () => check([bin('@biomejs/biome/bin/biome'), 'ci', '.']) },
  { name: 'types', title: 'Types', run: checkTypes },
  { name: 'unit', title: 'Unit tests', run: () => vitest('unit') },
  { name: 'database', title: 'Database tests', run: () => vitest('db') },
  { name: 'chaos', title: 'Postgres killed under the ledger and under starts, workers under runs', run: killThings },
  { name: 'contract', title: 'Contract tests', run: testContracts },
  { name: 'proof', title: 'Contract proofs and coverage', run: () => checkScripts([['prove-contracts.ts'], ['cover-contracts.ts']]) },
  {
    name: 'generated',
    title: 'Generated code is up to date',
    run: () =>
      checkScripts([
        ['build-kernel.ts', '--check'],
        ['build-contracts.ts', '--check'],
        ['write-vectors.ts', '--check'],
        ['write-schemas.ts', '--check'],
      ]),
  },
  { name: 'browser', title: 'Browser tests', run: testInBrowser },
];

/** Runs a Node program in the repository with our own terminal; resolves to its exit code. */
function runNode(args: string[], env: Variables = {}): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: rootDir, stdio: 'inherit', env: forSpawn({ ...process.env, ...env }) });
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

const asCounts = (ok: boolean): Counts => (ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
const check = async (args: string[]): Promise<Counts> => asCounts((await runNode(args)) === 0);

async function checkTypes(): Promise<Counts> {
  await generateClient({ dataDir: join(rootDir, '.data'), say });
  const hasPages = existsSync(join(rootDir, 'next.config.ts'));
  if (hasPages && (await runNode([bin('next/dist/bin/next'), 'typegen'], { NEXT_TELEMETRY_DISABLED: '1' })) !== 0) return asCounts(false);
  return check([bin('typescript/bin/tsc'), '--noEmit']);
}

/** Runs a program that writes its counts to a file. One that fails without a failed test, or writes nothing, is a failure too. */
async function counted<T>(name: string, args: (reportFile: string) => string[], env: (reportFile: string) => Variables, read: (report: T) => Counts) {
  mkdirSync(reportDir, { recursive: true });
  const reportFile = join(reportDir, `${name}.json`);
  rmSync(reportFile, { force: true });
  const code = await runNode(args(reportFile), env(reportFile));
  const report = readJson<T>(reportFile);
  if (!report) return asCounts(false);
  const counts = read(report);
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { name: string; assertionResults: { fullName: string; status: string; failureMessages: string[] }[] }[];
};
const failedTests = ({ testResults }: VitestReport) =>
  testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => `${relative(rootDir, name)}: ${fullName}\n    ${firstLine(failureMessages[0])}`),
  );
const firstLine = (text = '') => (text.split('\n')[0] ?? '').slice(0, 300);
const vitest = async (project: string): Promise<Counts> => {
  await generateClient({ dataDir: join(rootDir, '.data'), say });
  const reporters = ['--reporter=default', '--reporter=json'];
  const args = (file: string) => [bin('vitest/vitest.mjs'), 'run', '--project', project, ...reporters, `--outputFile.json=${file}`];
  return counted<VitestReport>(
    `vitest-${project}`,
    args,
    () => ({}),
    (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests, failures: failedTests(report) }),
  );
};

async function killThings(): Promise<Counts> {
  await generateClient({ dataDir: join(rootDir, '.data'), say });
  const server = ['--conditions=react-server', '--import', 'tsx'];
  const ledger = await check([...server, 'scripts/chaos/ledger.ts', '--rounds', '3']);
  const runs = await check([...server, 'scripts/chaos/runs.ts', '--runs', '60']);
  const starts = await check([...server, 'scripts/chaos/starts.ts', '--rounds', '2']);
  const all = [ledger, runs, starts];
  return { passed: all.filter(({ failed }) => failed === 0).length, failed: all.filter(({ failed }) => failed > 0).length };
}

function testContracts(): Promise<Counts> {
  const args = () => ['--import', 'tsx', 'scripts/test-contracts.ts'];
  return counted<Counts>(
    'contracts',
    args,
    (file) => ({ TEST_COUNTS_FILE: file }),
    (counts) => counts,
  );
}

/** Programs in `scripts`, with their arguments; each counts as one test. */
async function checkScripts(scripts: string[][]): Promise<Counts> {
  const total = { passed: 0, failed: 0 };
  for (const [file, ...args] of scripts) {
    const { passed, failed } = await check(['--import', 'tsx', `scripts/${file}`, ...args]);
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

type PlaywrightSuite = { specs?: { title: string; file: string; ok: boolean }[]; suites?: PlaywrightSuite[] };
type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number }; suites: PlaywrightSuite[] };
const failedSpecs = ({ specs = [], suites = [] }: PlaywrightSuite): string[] => [
  ...specs.filter(({ ok }) => !ok).map(({ file, title }) => `${file}: ${title}`),
  ...suites.flatMap(failedSpecs),
];
async function testInBrowser(): Promise<Counts> {
  const browser = await ensureBrowser(say);
  return counted<PlaywrightReport>(
    'playwright',
    () => [bin('@playwright/test/cli.js'), 'test'],
    (file) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: file, CHROME_PATH: browser }),
    ({ stats, suites }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected, failures: failedSpecs({ suites }) }),
  );
}
