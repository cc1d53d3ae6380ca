import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { seedPerson } from '@/prisma/seed/people';
import { createEndpoint } from './create-endpoint';
import { listDeliveries } from './queries';
import { sendTest } from './send-test';
import { type Receiver, startReceiver } from './testing/receiver';

const db = openDatabase(env.DATABASE_URL);
let receiver: Receiver;
let mine: Receiver;
let worker: ChildProcess;

beforeAll(async () => {
  [receiver, mine] = await Promise.all([startReceiver(), startReceiver()]);
  worker = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', 'lib/jobs/worker-main.ts'], {
    env: { ...process.env, ENDPOINT_PRIVATE_HOSTS: new URL(receiver.url).host, WEBHOOK_PRIVATE_HOSTS: new URL(mine.url).host, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve) => worker.stdout?.on('data', (data) => String(data).includes('worker ready') && resolve()));
});
afterAll(async () => {
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  worker.kill('SIGTERM');
  await ended;
  await Promise.all([receiver.close(), mine.close()]);
  await db.close();
});

/** The attempts at a test message to an address. */
async function tell(url: string) {
  const actor: Actor = await seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
  const { id } = await createEndpoint(db, actor, { url: 'https://hooks.example.com/', events: ['work.sealed'] });
  await db.prisma.webhookEndpoint.update({ where: { id }, data: { url } });
  await sendTest(db, actor, { id });
  const attempts = async () => (await listDeliveries(db, actor, { webhookId: id })).deliveries[0]?.attempts ?? [];
  await vi.waitFor(async () => expect(await attempts()).toHaveLength(1), { timeout: 20_000, interval: 200 });
  return attempts();
}

it('the worker process takes these jobs, and a host that creators’ endpoints may be on is none that a webhook reaches', async () => {
  expect(await tell(receiver.url)).toMatchObject([{ status: null, problem: 'the address starts with https://' }]);
  expect(receiver.received).toEqual([]);
});

it('a program on a developer’s own machine is told where the house says so', async () => {
  expect(await tell(mine.url)).toMatchObject([{ status: 204, problem: null }]);
  expect(mine.received).toHaveLength(1);
});
