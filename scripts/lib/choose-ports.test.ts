import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { choosePorts } from './choose-ports';
import { freePort } from './ports';

const all = { web: true, postgres: true, chain: true, stripe: true, endpoint: true };
let folder: string;
let occupied: Server[];

const occupy = (port: number) =>
  new Promise<void>((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', resolve);
    occupied.push(server);
  });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'intaglio-ports-'));
  occupied = [];
});
afterEach(async () => {
  await Promise.all(occupied.map((server) => new Promise((resolve) => server.close(resolve))));
  rmSync(folder, { recursive: true });
});

test('an internal port that was not set moves off a busy one and is remembered', async () => {
  const web = String(await freePort());
  const first = await choosePorts(folder, { PORT: web }, all);
  await occupy(first.chain);
  const moved = await choosePorts(folder, { PORT: web }, all);
  expect(moved.chain).not.toBe(first.chain);
  expect(await choosePorts(folder, { PORT: web }, all)).toEqual(moved);
});

test('a busy web port, or a busy internal one that was set, is refused with a free one to use instead', async () => {
  const busy = await freePort();
  await occupy(busy);
  await expect(choosePorts(folder, { PORT: String(busy) }, all)).rejects.toThrow(/used by another program.*PORT=\d+ npm start/);
  const settings = { PORT: String(await freePort()), CHAIN_PORT: String(busy) };
  await expect(choosePorts(folder, settings, all)).rejects.toThrow(/CHAIN_PORT=\d+ npm start/);
});

test('a part that does not run here may have its port in use', async () => {
  const busy = await freePort();
  await occupy(busy);
  const ports = await choosePorts(folder, { PORT: String(busy) }, { ...all, web: false });
  expect(ports.web).toBe(busy);
});

test('a port that is no port is refused by its name', async () => {
  await expect(choosePorts(folder, { PORT: '0x' }, all)).rejects.toThrow('PORT is "0x"');
});
