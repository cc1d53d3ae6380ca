import { join } from 'node:path';
import type { Variables } from './environment';
import { LauncherError } from './errors';
import { readJson, writeFileDurably } from './files';
import { freePort, isFree, nextFree } from './ports';

export type Ports = { web: number; postgres: number; chain: number; stripe: number; endpoint: number };
type Internal = Exclude<keyof Ports, 'web'>;
type Saved = { ports?: Partial<Pick<Ports, Internal>> };

const defaults = { postgres: 54_329, chain: 8545, stripe: 8810, endpoint: 8787 };

/** Ports that nobody uses, for tests. */
export const freePorts = async (): Promise<Ports> => ({
  web: await freePort(),
  postgres: await freePort(),
  chain: await freePort(),
  stripe: await freePort(),
  endpoint: await freePort(),
});

/**
 * The web port is the one people type, so a busy one is an error. The internal ones move to the next free port and stay there,
 * unless they were set: then a busy one is an error too. Only the parts that will run (`needs`) are looked at.
 */
export async function choosePorts(dataDir: string, source: Variables, needs: Record<keyof Ports, boolean>): Promise<Ports> {
  const path = join(dataDir, 'config.json');
  const saved = readJson<Saved>(path)?.ports ?? {};
  const web = readPort(source, 'PORT') ?? 3000;
  if (needs.web) await requireFree('PORT', web, 'npm start', ['127.0.0.1', '::1']);
  const internal = async (name: Internal, variable: string) => {
    const set = readPort(source, variable);
    const wanted = set ?? saved[name] ?? defaults[name];
    if (!needs[name]) return wanted;
    if (set === undefined) return nextFree(wanted);
    await requireFree(variable, set, 'npm start', ['127.0.0.1']);
    return set;
  };
  const ports = {
    web,
    postgres: await internal('postgres', 'POSTGRES_PORT'),
    chain: await internal('chain', 'CHAIN_PORT'),
    stripe: await internal('stripe', 'STRIPE_PORT'),
    endpoint: await internal('endpoint', 'ENDPOINT_PORT'),
  };
  const { web: _, ...remembered } = ports;
  const remember = { ports: remembered };
  writeFileDurably(path, `${JSON.stringify(remember, null, 2)}\n`);
  return ports;
}

function readPort(source: Variables, variable: string): number | undefined {
  const text = source[variable];
  if (!text) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new LauncherError(`${variable} is "${text}"; it must be a port, a whole number from 1 to 65535.`);
}

async function requireFree(variable: string, port: number, command: string, hosts: string[]): Promise<void> {
  const free = await Promise.all(hosts.map((host) => isFree(port, host)));
  if (free.every(Boolean)) return;
  const other = await nextFree(port + 1);
  throw new LauncherError(`Port ${port} is used by another program. Stop that one, or choose another port: ${variable}=${other} ${command}`);
}
