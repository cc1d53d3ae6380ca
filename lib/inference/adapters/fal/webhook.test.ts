import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FalStandIn, startFal } from '@/scripts/standins/models/fal';
import { serve } from '@/scripts/standins/models/serve';
import { newPair, signFal } from '@/scripts/standins/models/sign-fal';
import { fal } from '../fal';
import { limits } from '../shared/limits';
import { stage } from '../testing/stage';

let standIn: FalStandIn;
let on: ReturnType<typeof stage>;
const { pollAfterMs } = limits;
const body = '{"request_id":"abc","gateway_request_id":"abc","status":"OK","payload":{"prompt":"päper"}}';
const bad = { code: 'bad_signature' };
const nowMs = 1_800_000_000_000;

beforeEach(async () => {
  standIn = await startFal();
  on = stage(fal, standIn, { secret: standIn.world.key, reference: standIn.world.app });
});
afterEach(async () => {
  limits.pollAfterMs = pollAfterMs;
  await on.close();
  await standIn.close();
});
const sign = (text: string, seconds = Math.floor(Date.now() / 1_000), pair = standIn.world.pairs.at(-1) ?? newPair()) =>
  signFal(text, pair, { id: 'abc', seconds });

test('a webhook wakes the driver, and one that comes twice does no harm', async () => {
  limits.pollAfterMs = 60_000;
  standIn.world.deliveries = 2;
  const named: string[] = [];
  let wake = () => {};
  const moved = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const ours = await serve(async ({ headers, body }) => {
    const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    named.push((await on.readWebhook(flat, body.toString())).jobId);
    wake();
    return { status: 200 };
  });
  await on.run({ call: { webhookUrl: ours.url }, driving: { onJob: async () => void standIn.finish(), moved: () => moved } });
  await expect.poll(() => named).toEqual([[...standIn.jobs.keys()][0], [...standIn.jobs.keys()][0]]);
  await ours.close();
});

test('a webhook is read when its signature is right, and not when it is of another key, body, user, request or time', async () => {
  const right = sign(body);
  expect(await on.readWebhook(right, body)).toEqual({ jobId: 'abc' });
  await expect(on.readWebhook(sign(body, undefined, newPair()), body)).rejects.toMatchObject(bad);
  await expect(on.readWebhook(right, body.replace('abc', 'abd'))).rejects.toMatchObject(bad);
  for (const name of ['user-id', 'request-id', 'signature', 'timestamp'])
    await expect(on.readWebhook({ ...right, [`x-fal-webhook-${name}`]: '1800000000' }, body)).rejects.toMatchObject(bad);
  await expect(on.readWebhook({}, body)).rejects.toMatchObject(bad);
  await expect(on.readWebhook(sign('{}'), '{}')).rejects.toMatchObject(bad);
});

test('a webhook is no longer read when it is more than five minutes old, or of the future', async () => {
  for (const seconds of [0, -300, 300]) expect(await on.readWebhook(sign(body, nowMs / 1_000 + seconds), body, nowMs)).toEqual({ jobId: 'abc' });
  for (const seconds of [-301, 301]) await expect(on.readWebhook(sign(body, nowMs / 1_000 + seconds), body, nowMs)).rejects.toMatchObject(bad);
});

test('keys are asked for once a day, again when none fits, and not more than once a minute', async () => {
  const asked = () => standIn.count(/jwks/);
  const sent = (ms: number) => on.readWebhook(sign(body, (nowMs + ms) / 1_000), body, nowMs + ms);
  for (let i = 0; i < 5; i++) await sent(i * 1_000);
  expect(asked()).toBe(1);
  const old = standIn.world.pairs;
  standIn.world.pairs = [...old, newPair()];
  for (let i = 0; i < 20; i++) await expect(sent(30_000)).rejects.toMatchObject(bad);
  expect(asked()).toBe(1);
  expect(await sent(61_000)).toEqual({ jobId: 'abc' });
  expect(asked()).toBe(2);
  await sent(61_000 + 86_399_000);
  expect(asked()).toBe(2);
  await sent(61_000 + 86_400_000);
  expect(asked()).toBe(3);
});

test('where no keys can be had, no webhook is read', async () => {
  standIn.fault({ on: /jwks/, reply: { status: 500 } });
  await expect(on.readWebhook(sign(body), body)).rejects.toMatchObject(bad);
  standIn.reset();
  standIn.fault({ on: /jwks/, reply: { status: 200, body: '{"keys":[{"x":"short"}]}' } });
  await expect(on.readWebhook(sign(body, (Date.now() + 90_000) / 1_000), body, Date.now() + 90_000)).rejects.toMatchObject(bad);
});
