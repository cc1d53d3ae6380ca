import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from './lock';
import { rootDir } from './paths';
import type { Child } from './processes';
import { digestOf, stampIs, writeStamp } from './stamps';
import { runTask } from './tasks';

const sources = [
  'app',
  'components',
  'lib',
  'public',
  'prisma/schema',
  'next.config.ts',
  'postcss.config.mjs',
  'proxy.ts',
  'instrumentation.ts',
  'tsconfig.json',
  'package-lock.json',
];

type Options = { dataDir: string; say: (line: string) => void; onSpawn?: (child: Child) => void };

/** Makes prisma/client from the schema, when the schema changed. */
export async function generateClient({ dataDir, onSpawn }: Options): Promise<void> {
  const stamp = join(rootDir, 'prisma', 'client', '.stamp');
  const digest = digestOf(['prisma/schema', 'node_modules/prisma/package.json']);
  if (stampIs(stamp, digest)) return;
  const args = [join(rootDir, 'node_modules/prisma/build/index.js'), 'generate'];
  await runTask({
    dataDir,
    name: 'prisma-generate',
    args,
    env: { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
    onSpawn,
  });
  writeStamp(stamp, digest);
}

/** Builds the pages, unless the build in `.next` is of these very sources. Two launchers in one folder take turns. */
export async function buildWeb(options: Options): Promise<void> {
  const lockPath = join(rootDir, 'node_modules', '.cache', 'intaglio', 'build.lock');
  let lock = tryLock(lockPath);
  if ('heldBy' in lock) options.say(`Waiting for the build of another Intaglio process (${lock.heldBy}).`);
  while ('heldBy' in lock) {
    await sleep(500);
    lock = tryLock(lockPath);
  }
  try {
    await buildIfChanged(options);
  } finally {
    lock.release();
  }
}

async function buildIfChanged({ dataDir, say, onSpawn }: Options): Promise<void> {
  const stamp = join(rootDir, '.next', 'BUILD_STAMP');
  const digest = digestOf(sources, [process.version]);
  if (stampIs(stamp, digest) && existsSync(join(rootDir, '.next', 'BUILD_ID'))) return;
  rmSync(stamp, { force: true }); // a build that is cut short must not pass for a whole one
  await runTask({
    dataDir,
    name: 'build',
    args: [join(rootDir, 'node_modules/next/dist/bin/next'), 'build'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    onLine: (line) => line.trim() && say(`  ${line}`),
    onSpawn,
  });
  writeStamp(stamp, digest);
}
