import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { checkSettings, settings } from '@/lib/env';
import { browserVersion, findBrowser } from './browser';
import { anvilBinary } from './chain';
import { checkDataFolder, freeBytes } from './check-folder';
import { otherChains } from './doctor-chains';
import { keyService } from './doctor-kms';
import type { Variables } from './environment';
import { describeError } from './errors';
import { readJson } from './files';
import { rootDir } from './paths';
import { isFree } from './ports';
import { postgresBinaries } from './postgres-binaries';
import { postgresUser } from './postgres-user';
import { isAlive, type ProcessIdentity } from './process-identity';
import { rpc } from './rpc';

/** One finding. `missing` ends the doctor with exit code 1; `note` is worth knowing and stops nothing. */
export type Finding = { level: 'ok' | 'note' | 'missing'; what: string; why: string };

/** Looks at the machine and the settings as `npm start` and `npm test` would. Changes nothing but a probe file in the data folder. */
export async function examine(source: Variables): Promise<Finding[]> {
  const dataDir = resolve(rootDir, source.DATA_DIR || '.data');
  return [
    ...machine(),
    attempt('Data folder', 'Works, database and keys are kept here.', () => {
      checkDataFolder(dataDir);
      return `${dataDir} is writable, ${Math.floor(freeBytes(dataDir) / 1e9)} GB free`;
    }),
    ...(await ports(dataDir, source)),
    source.DATABASE_URL ? databaseSetting() : embeddedPostgres(dataDir),
    source.RPC_URL ? await givenChain(source.RPC_URL) : embeddedChain(),
    ...(await otherChains(source)),
    await browser(),
    ...ethPrice(source),
    ...(await keyService(source)),
    ...settingFindings(source),
  ];
}

/** A check that throws what is wrong, or returns what is well. */
function attempt(title: string, why: string, check: () => string, level: 'note' | 'missing' = 'missing'): Finding {
  try {
    return { level: 'ok', what: `${title}: ${check()}`, why };
  } catch (error) {
    return { level, what: `${title}: ${describeError(error)}`, why };
  }
}

function machine(): Finding[] {
  const gigabytes = totalmem() / 1e9;
  const cores = availableParallelism();
  return [
    { level: 'ok', what: `Node ${process.version} on ${process.platform}-${process.arch}`, why: 'Everything runs on it; 20.19 or later.' },
    {
      level: gigabytes < 3 ? 'note' : 'ok',
      what: `${gigabytes.toFixed(1)} GB of memory, ${cores} core${cores === 1 ? '' : 's'}`,
      why: 'The build takes about 1.5 GB; with less than 3 GB in all it may be killed.',
    },
  ];
}

async function ports(dataDir: string, source: Variables): Promise<Finding[]> {
  const runner = readJson<ProcessIdentity>(join(dataDir, 'launcher.lock'));
  if (runner && isAlive(runner)) return [{ level: 'note', what: `Intaglio runs here now (process ${runner.pid})`, why: 'So its ports are busy.' }];
  const port = Number(source.PORT || 3000);
  const free = (await isFree(port)) && (await isFree(port, '::1'));
  const what = free ? `Port ${port} is free` : `Port ${port} is used by another program. Choose another: PORT=${port + 1} npm start`;
  return [
    { level: free ? 'ok' : 'missing', what, why: 'The web app listens there. Postgres and the local chain look for free ports by themselves.' },
  ];
}

const databaseWhy = 'Postgres keeps data, ledger and job queue.';

const databaseSetting = (): Finding => ({ level: 'ok', what: 'Postgres: DATABASE_URL is set, none is started here', why: databaseWhy });

function embeddedPostgres(dataDir: string): Finding {
  return attempt('Postgres', databaseWhy, () => {
    const { postgres, folder } = postgresBinaries();
    postgresUser(existsSync(dataDir) ? [folder, dataDir] : [folder]);
    return execFileSync(postgres, ['--version'], { encoding: 'utf8' }).trim();
  });
}

const chainWhy = 'The chain holds collections, tokens and the till.';

const embeddedChain = (): Finding =>
  attempt('Local chain', chainWhy, () => execFileSync(anvilBinary(), ['--version'], { encoding: 'utf8' }).split('\n')[0] ?? '');

async function givenChain(url: string): Promise<Finding> {
  try {
    const chainId = Number(await rpc<string>(url, 'eth_chainId'));
    return { level: 'ok', what: `Chain: RPC_URL answers, chain ${chainId}`, why: chainWhy };
  } catch (error) {
    return { level: 'missing', what: `Chain: RPC_URL does not answer (${error instanceof Error ? error.message : error})`, why: chainWhy };
  }
}

/** The local chain has a feed of its own. */
function ethPrice({ RPC_URL, ETH_USD_FEED, ETH_USD_CENTS }: Variables): Finding[] {
  if (!RPC_URL || ETH_USD_FEED || ETH_USD_CENTS) return [];
  const what = 'Neither ETH_USD_FEED nor ETH_USD_CENTS is set: ETH has no price here';
  return [{ level: 'note', what, why: 'Without one, ETH is neither sold for nor paid out, and works are not minted for credits.' }];
}

async function browser(): Promise<Finding> {
  const why = 'Only the browser tests need one; `npm test` gets it when it is missing.';
  const path = await findBrowser();
  const version = path && browserVersion(path);
  if (version) return { level: 'ok', what: `Browser: ${version} (${path})`, why };
  return { level: 'note', what: path ? `Browser: ${path} does not run` : 'Browser: no Chrome or Chromium here', why };
}

/** A wrong value is a fault. One that is not set is worth a note: the launcher makes its own, production must not. */
function settingFindings(source: Variables): Finding[] {
  return checkSettings(source).map(({ name, problem, how }) => {
    const { why } = settings[name];
    if (source[name]) return { level: 'missing', what: `${name} ${problem}. ${how}`, why };
    return { level: 'note', what: `${name} is not set: npm start makes its own. For production: ${how}`, why };
  });
}
