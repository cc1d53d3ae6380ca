import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ReplicateStandIn, startReplicate } from '@/scripts/standins/models/replicate';
import { serve } from '@/scripts/standins/models/serve';
import { newSecret, signHook } from '@/scripts/standins/models/sign-replicate';
import { replicate } from '../replicate';
import { limits } from '../shared/limits';
import { stage } from '../testing/stage';

let standIn: ReplicateStandIn;
let on: ReturnType<typeof stage>;
const { pollAfterMs } = limits;
beforeEach(async () => {
  standIn = await startReplicate();
  on = stage(replicate, standIn, { secret: standIn.world.token, reference: standIn.world.version });
});
afterEach(async () => {
  limits.pollAfterMs = pollAfterMs;
  await on.close();
  await standIn.close();
});

describe('a webhook', () => {
  const body = '{"id":"abc","status":"succeeded","output":"päper"}';
  const bad = { code: 'bad_signature' };

  test('wakes the driver, and one that comes twice does no harm', async () => {
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

  test('is read when its signature is right, also beside others, and not when it is of another secret, body, id or time', async () => {
    const { secrets } = standIn.world;
    const right = signHook(body, secrets);
    expect(await on.readWebhook(right, body)).toEqual({ jobId: 'abc' });
    expect(await on.readWebhook(signHook(body, [newSecret(), ...secrets]), body)).toEqual({ jobId: 'abc' });
    await expect(on.readWebhook(signHook(body, [newSecret()]), body)).rejects.toMatchObject(bad);
    await expect(on.readWebhook(right, body.replace('abc', 'abd'))).rejects.toMatchObject(bad);
    await expect(on.readWebhook({ ...right, 'webhook-id': 'msg_2' }, body)).rejects.toMatchObject(bad);
    await expect(on.readWebhook({ ...right, 'webhook-timestamp': String(Number(right['webhook-timestamp']) + 1) }, body)).rejects.toMatchObject(bad);
    await expect(on.readWebhook({ ...right, 'webhook-signature': right['webhook-signature']?.replace('v1,', 'v1a,') }, body)).rejects.toMatchObject(
      bad,
    );
    await expect(on.readWebhook({}, body)).rejects.toMatchObject(bad);
    await expect(on.readWebhook(signHook('[]', secrets), '[]')).rejects.toMatchObject(bad);
  });

  test('is no longer read when it is more than five minutes old, or of the future', async () => {
    const nowMs = 1_800_000_000_000;
    const at = (seconds: number) => signHook(body, standIn.world.secrets, { seconds: nowMs / 1_000 + seconds });
    for (const seconds of [0, -300, 300]) expect(await on.readWebhook(at(seconds), body, nowMs)).toEqual({ jobId: 'abc' });
    for (const seconds of [-301, 301]) await expect(on.readWebhook(at(seconds), body, nowMs)).rejects.toMatchObject(bad);
  });

  test('of a rotated secret is read once that is asked for again, and forged ones do not make us ask more than once a minute', async () => {
    const nowMs = 1_800_000_000_000;
    const asked = () => standIn.count(/secret$/);
    const sent = (ms: number) => on.readWebhook(signHook(body, standIn.world.secrets, { seconds: (nowMs + ms) / 1_000 }), body, nowMs + ms);
    await sent(0);
    standIn.world.secrets = [newSecret()];
    for (let i = 0; i < 20; i++) await expect(sent(30_000)).rejects.toMatchObject(bad);
    expect(asked()).toBe(1);
    expect(await sent(61_000)).toEqual({ jobId: 'abc' });
    expect(await sent(62_000)).toEqual({ jobId: 'abc' });
    expect(asked()).toBe(2);
  });
});
