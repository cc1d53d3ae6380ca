import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { inTransaction, openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { openOutbound } from '@/lib/inference/outbound/open-outbound';
import { startWorker } from '@/lib/jobs/worker';
import { seedPerson } from '@/prisma/seed/people';
import { createEndpoint } from './create-endpoint';
import { deliverWebhook } from './deliver';
import { webhookLoops, webhookTasks } from './jobs';
import { SCHEDULE_S, WHOLE_SCHEDULE_S } from './outcome';
import { getWebhook, listDeliveries, listWebhooks } from './queries';
import { removeEndpoint } from './remove-endpoint';
import { replayDelivery } from './replay-delivery';
import { rotateSecret } from './rotate-secret';
import { WEBHOOK_EVENTS, WEBHOOKS_AT_MOST } from './schema';
import { sendTest } from './send-test';
import { setState } from './set-state';
import { type Outgoing, takeMessage } from './take-message';
import { type Receiver, startReceiver } from './testing/receiver';
import { writeAttempt } from './write-attempt';

const db = openDatabase(env.DATABASE_URL);
let receiver: Receiver;
let actor: Actor;
let stranger: Actor;
let hook: { id: string; secret: string };

beforeAll(async () => {
  stranger = await seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
});
afterAll(() => db.close());
beforeEach(async () => {
  receiver = await startReceiver();
  actor = await seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
  hook = await add();
});
afterEach(() => receiver.close());

/** An address as anybody may add it, which then leads to this machine. */
async function add(events: readonly (typeof WEBHOOK_EVENTS)[number][] = WEBHOOK_EVENTS) {
  const made = await createEndpoint(db, actor, { url: 'https://hooks.example.com/', events: [...events] });
  await db.prisma.webhookEndpoint.update({ where: { id: made.id }, data: { url: receiver.url } });
  return made;
}
const emit = (type = 'work.sealed', data: object = { workId: 'w' }) =>
  db.pool.query('SELECT webhook_emit($1, $2, $3)', [actor.userId, type, JSON.stringify(data)]);
const logOf = async (id = hook.id) => (await listDeliveries(db, actor, { webhookId: id })).deliveries;
type Job = { id: string; delivery: string; seconds: number; queue: string };
const jobsOf = async (id = hook.id): Promise<Job[]> =>
  (
    await db.pool.query<Job>(
      `SELECT j.id, j.payload ->> 'id' AS delivery, extract(epoch FROM j.run_at - now())::float AS seconds, q.queue_name AS queue
         FROM graphile_worker._private_jobs j JOIN graphile_worker._private_job_queues q ON q.id = j.job_queue_id
        WHERE q.queue_name = 'webhook ' || $1 ORDER BY j.id`,
      [id],
    )
  ).rows;
const context = () => ({ db, signal: new AbortController().signal, attempt: 1, maxAttempts: 25 });
/** Does the jobs of an endpoint, whenever they are due. */
async function work(id = hook.id, task = deliverWebhook(() => receiver.outbound)): Promise<void> {
  for (const job of await jobsOf(id)) {
    await db.pool.query('SELECT graphile_worker.remove_job($1)', [`webhook ${job.delivery}`]);
    await task({ id: job.delivery }, context());
  }
}
const stateOf = async (id = hook.id) => getWebhook(db, actor, id);

describe('a message', () => {
  it('is one that a Standard Webhooks library verifies, with the body as it was told', async () => {
    await emit('work.sealed', { workId: 'w-1' });
    await work();
    const [message] = receiver.received;
    const read = new Webhook(hook.secret).verify(message?.body ?? '', message?.headers as Record<string, string>);
    expect(read).toEqual({ type: 'work.sealed', timestamp: expect.stringMatching(/^\d{4}-.*Z$/), data: { workId: 'w-1' } });
    const [delivery] = await logOf();
    expect(delivery).toMatchObject({ state: 'delivered', nextAt: null, eventId: message?.headers['webhook-id'], body: message?.body });
    expect(delivery?.attempts).toMatchObject([{ number: 1, status: 204, problem: null }]);
  });

  it('that was changed on its way is refused by that library, and so is one for another secret', async () => {
    await emit();
    await work();
    const [{ body, headers }] = receiver.received as [{ body: string; headers: Record<string, string> }];
    const verify = (changed: string, extra = {}, secret = hook.secret) => new Webhook(secret).verify(changed, { ...headers, ...extra });
    expect(() => verify(body)).not.toThrow();
    expect(() => verify(`${body} `)).toThrow();
    expect(() => verify(body, { 'webhook-id': 'other' })).toThrow();
    expect(() => verify(body, { 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) })).toThrow();
    expect(() => verify(body, {}, `whsec_${randomBytes(32).toString('base64')}`)).toThrow();
  });

  it('carries both signatures while its secret is rotated, and then only the new one', async () => {
    const { secret } = await rotateSecret(db, actor, hook);
    expect((await stateOf())?.rotatesUntil).not.toBeNull();
    await emit();
    await work();
    const [both] = receiver.received;
    for (const one of [hook.secret, secret]) expect(() => new Webhook(one).verify(both?.body ?? '', both?.headers as never)).not.toThrow();
    await db.pool.query(`UPDATE webhook_secret SET ends_at = now() - interval '1 second' WHERE endpoint_id = $1 AND ends_at IS NOT NULL`, [hook.id]);
    await emit();
    await work();
    const after = receiver.received[1];
    expect(() => new Webhook(secret).verify(after?.body ?? '', after?.headers as never)).not.toThrow();
    expect(() => new Webhook(hook.secret).verify(after?.body ?? '', after?.headers as never)).toThrow();
    expect((await stateOf())?.rotatesUntil).toBeNull();
  });

  it('has two signatures at most, however often its secret is rotated', async () => {
    await rotateSecret(db, actor, hook);
    await rotateSecret(db, actor, hook);
    await emit();
    await work();
    expect(String(receiver.received[0]?.headers['webhook-signature']).split(' ')).toHaveLength(2);
    expect(() => new Webhook(hook.secret).verify(receiver.received[0]?.body ?? '', receiver.received[0]?.headers as never)).toThrow();
  });

  it('is delivered by the worker, without anybody calling', async () => {
    const worker = await startWorker(db, { tasks: { 'deliver-webhook': deliverWebhook(() => receiver.outbound) }, loops: [], concurrency: 4 });
    await emit();
    await vi.waitFor(async () => expect((await logOf())[0]?.state).toBe('delivered'), 10_000);
    await worker.stop();
  });
});

describe('the outbox', () => {
  it('has nothing of what was rolled back, and all of what was not', async () => {
    const told = inTransaction(db.pool, async (tx) => {
      await tx.query(`SELECT webhook_emit($1, 'work.sealed', '{}')`, [actor.userId]);
      throw new Error('undone');
    });
    await expect(told).rejects.toThrow('undone');
    expect(await logOf()).toEqual([]);
    expect(await jobsOf()).toEqual([]);
    await emit();
    expect(await logOf()).toHaveLength(1);
    expect(await jobsOf()).toHaveLength(1);
  });

  it('holds one event for each address that listens to it, under one id', async () => {
    const [sealed, minted] = [await add(['work.sealed']), await add(['work.minted'])];
    await emit('work.sealed');
    const [[first], [second], none] = [await logOf(), await logOf(sealed.id), await logOf(minted.id)];
    expect(first?.eventId).toBe(second?.eventId);
    expect(first?.id).not.toBe(second?.id);
    expect(none).toEqual([]);
  });

  it('does not keep two transactions that tell two people in opposite order waiting for each other', async () => {
    const other = await seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
    await createEndpoint(db, other, { url: 'https://hooks.example.com/', events: ['work.sealed'] });
    const [one, two] = [await db.pool.connect(), await db.pool.connect()];
    const tell = (tx: typeof one, { userId }: Actor) => tx.query(`SELECT webhook_emit($1, 'work.sealed', '{}')`, [userId]);
    await Promise.all([one, two].map((tx) => tx.query(`BEGIN; SET LOCAL lock_timeout = '2s'`)));
    await Promise.all([tell(one, actor), tell(two, other)]);
    await Promise.all([tell(one, other), tell(two, actor)]);
    await Promise.all([one, two].map((tx) => tx.query('COMMIT')));
    for (const tx of [one, two]) tx.release();
    expect(await logOf()).toHaveLength(2);
  });

  it('takes nothing where nobody listens, or only others do', async () => {
    const before = await db.prisma.webhookEvent.count();
    await db.pool.query(`SELECT webhook_emit($1, 'work.sealed', '{}')`, [stranger.userId]);
    await emit('something.else');
    expect(await db.prisma.webhookEvent.count()).toBe(before);
  });
});

describe('a message that does not arrive', () => {
  it('is tried again by the published schedule, under the same id and with the same bytes, and then its address is stopped', async () => {
    expect(SCHEDULE_S).toEqual([0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]);
    receiver.answer(500);
    await emit();
    const waits: number[] = [];
    for (;;) {
      const [job, another] = await jobsOf();
      expect(another).toBeUndefined();
      if (!job) break;
      waits.push(Math.round(Math.max(0, job.seconds) / 5) * 5);
      await work();
    }
    expect(waits).toEqual(SCHEDULE_S);
    expect(new Set(receiver.received.map(({ headers, body }) => `${headers['webhook-id']} ${body}`)).size).toBe(1);
    expect(receiver.received).toHaveLength(10);
    const [delivery] = await logOf();
    expect(delivery).toMatchObject({ state: 'failed', nextAt: null });
    expect(delivery?.attempts.map(({ status }) => status)).toEqual(Array(10).fill(500));
    expect(await stateOf()).toMatchObject({ state: 'disabled', disabledWhy: 'failing' });
  });

  it('does not stop an address that others reached meanwhile', async () => {
    await emit();
    await work();
    receiver.answer(503);
    await emit();
    await db.pool.query('UPDATE webhook_delivery SET tries = 9 WHERE endpoint_id = $1', [hook.id]);
    await work();
    expect((await logOf())[0]?.state).toBe('failed');
    expect((await stateOf())?.state).toBe('active');
    await db.pool.query(`UPDATE webhook_delivery SET ended_at = now() - make_interval(secs => $2) WHERE endpoint_id = $1 AND state = 'delivered'`, [
      hook.id,
      WHOLE_SCHEDULE_S + 1,
    ]);
    await emit();
    await db.pool.query('UPDATE webhook_delivery SET tries = 9 WHERE endpoint_id = $1', [hook.id]);
    await work();
    expect((await stateOf())?.state).toBe('disabled');
  });

  it('stops its address at once where that says 410, and nothing more is told it', async () => {
    await emit();
    await emit();
    receiver.answer(410);
    await work();
    expect(await stateOf()).toMatchObject({ state: 'disabled', disabledWhy: 'gone' });
    expect(receiver.received).toHaveLength(1);
    expect((await logOf()).map(({ state }) => state)).toEqual(['failed', 'failed']);
    expect(await jobsOf()).toEqual([]);
    await emit();
    expect(await logOf()).toHaveLength(2);
  });

  it.each([301, 302, 307, 308])('is not sent to where a %d leads: that is a failure', async (status) => {
    const elsewhere = await startReceiver();
    receiver.answer(status, { location: elsewhere.url });
    await emit();
    await work();
    expect(elsewhere.received).toEqual([]);
    expect((await logOf())[0]).toMatchObject({ state: 'pending', attempts: [{ status }] });
    await elsewhere.close();
  });

  it('is given up after its time where no answer comes', async () => {
    receiver.answer(null);
    const impatient = {
      fetch: (request: Parameters<typeof receiver.outbound.fetch>[0]) => receiver.outbound.fetch({ ...request, timeoutMs: request.timeoutMs / 100 }),
    };
    await emit();
    await work(
      hook.id,
      deliverWebhook(() => impatient),
    );
    expect((await logOf())[0]).toMatchObject({ state: 'pending', attempts: [{ status: null, problem: 'no answer within 150 ms' }] });
  });

  it('is not sent to a private address, not even to one that is open to creators’ endpoints', async () => {
    const names = openOutbound({ resolve: (_name, _options, done) => done(null, [{ address: '10.0.0.8', family: 4 }]) });
    await emit();
    await work(hook.id, webhookTasks['deliver-webhook']);
    expect(receiver.received).toEqual([]);
    expect((await logOf())[0]?.attempts).toMatchObject([{ status: null, problem: expect.stringContaining('https://') }]);
    await db.prisma.webhookEndpoint.update({ where: { id: hook.id }, data: { url: 'https://hooks.example.com/' } });
    await work(
      hook.id,
      deliverWebhook(() => names.forEndpoint(null)),
    );
    expect((await logOf())[0]?.attempts[0]).toMatchObject({ number: 2, status: null, problem: 'no connection (EPRIVATE)' });
    await names.close();
  });

  it('is told in places of its own where the address let us wait, also what was queued before, until it answers in time', async () => {
    const lanes = async () =>
      (await db.pool.query(`SELECT task_identifier FROM graphile_worker.jobs WHERE queue_name = 'webhook ' || $1 ORDER BY id`, [hook.id])).rows.map(
        (row) => row.task_identifier,
      );
    await emit();
    await emit();
    const [first] = await jobsOf();
    const message = await takeMessage(db, first?.delivery ?? '');
    await writeAttempt(db, message as Outgoing, { at: new Date(), status: null, problem: 'no answer within 15000 ms', ms: 15_000 });
    await work();
    expect([receiver.received.length, await lanes()]).toEqual([0, ['deliver-webhook-slowly', 'deliver-webhook-slowly']]);
    await work(
      hook.id,
      deliverWebhook(() => receiver.outbound, 'slow'),
    );
    expect(receiver.received).toHaveLength(2);
    await emit();
    expect(await lanes()).toEqual(['deliver-webhook']);
  });

  it('whose worker stops in the middle is not counted: its job comes again', async () => {
    receiver.answer(null);
    await emit();
    const stop = new AbortController();
    const [job] = await jobsOf();
    const sending = deliverWebhook(() => receiver.outbound)({ id: job?.delivery }, { ...context(), signal: stop.signal });
    await vi.waitFor(() => expect(receiver.received).toHaveLength(1));
    stop.abort(new Error('the worker stops'));
    await expect(sending).rejects.toThrow('the worker stops');
    expect((await logOf())[0]).toMatchObject({ state: 'pending', attempts: [] });
    expect(await jobsOf()).toHaveLength(1);
  });
});

describe('a replay', () => {
  it('sends what was delivered, or failed, once more under the same id, and is in the log beside the first', async () => {
    await emit();
    await work();
    const [delivery] = await logOf();
    await replayDelivery(db, actor, { id: delivery?.id ?? '' });
    expect((await jobsOf())[0]?.seconds).toBeLessThan(1);
    await work();
    const [first, second] = receiver.received;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toBe(first?.body);
    expect(() => new Webhook(hook.secret).verify(second?.body ?? '', second?.headers as never)).not.toThrow();
    expect((await logOf())[0]).toMatchObject({ id: delivery?.id, state: 'delivered', attempts: [{ number: 2 }, { number: 1 }] });
  });

  it('of what waits for its next try sends it now, and once', async () => {
    receiver.answer(500);
    await emit();
    await work();
    await work();
    const [delivery] = await logOf();
    await replayDelivery(db, actor, { id: delivery?.id ?? '' });
    expect(await jobsOf()).toHaveLength(1);
    expect((await jobsOf())[0]?.seconds).toBeLessThan(1);
  });

  it('is for the address’s owner only, and not while it is paused', async () => {
    await emit();
    const [delivery] = await logOf();
    const id = delivery?.id ?? '';
    await expect(replayDelivery(db, stranger, { id })).rejects.toMatchObject({ code: 'not_found' });
    await setState(db, actor, { id: hook.id, state: 'paused' });
    await expect(replayDelivery(db, actor, { id })).rejects.toMatchObject({ code: 'wrong_state' });
    await expect(sendTest(db, actor, hook)).rejects.toMatchObject({ code: 'wrong_state' });
  });
});

describe('a paused address', () => {
  it('is told nothing, and everything once it goes on', async () => {
    await emit();
    await setState(db, actor, { id: hook.id, state: 'paused' });
    await work();
    await emit();
    expect(receiver.received).toEqual([]);
    expect((await logOf()).map(({ state }) => state)).toEqual(['held', 'held']);
    expect(await jobsOf()).toEqual([]);
    await setState(db, actor, { id: hook.id, state: 'active' });
    await work();
    expect((await logOf()).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  });

  it('misses nothing that is told at the moment it goes on', async () => {
    await setState(db, actor, { id: hook.id, state: 'paused' });
    let resumed: Promise<void> | undefined;
    await inTransaction(db.pool, async (tx) => {
      await tx.query(`SELECT webhook_emit($1, 'work.sealed', '{}')`, [actor.userId]);
      resumed = setState(db, actor, { id: hook.id, state: 'active' });
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    await resumed;
    await work();
    expect((await logOf()).map(({ state }) => state)).toEqual(['delivered']);
  });
});

describe('an address', () => {
  it.each([
    'http://hooks.example.com/',
    'https://127.0.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/',
    'https://2130706433/',
    'https://localhost/',
    'https://db.internal/',
    'https://me:secret@hooks.example.com/',
    'ftp://hooks.example.com/',
    'nothing',
  ])('%s is refused', async (url) => {
    await expect(createEndpoint(db, actor, { url, events: ['work.sealed'] })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('is one of five at most, also when they are added at once', async () => {
    const added = await Promise.allSettled(Array.from({ length: 8 }, () => add()));
    expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(WEBHOOKS_AT_MOST - 1);
    expect(await listWebhooks(db, actor)).toHaveLength(WEBHOOKS_AT_MOST);
    for (const one of added) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'too_many_webhooks' });
  });

  it('keeps its secret sealed: no row has it in plain', async () => {
    const { rows } = await db.pool.query(
      'SELECT s::text AS row, e::text AS endpoint FROM webhook_secret s JOIN webhook_endpoint e ON e.id = s.endpoint_id WHERE e.id = $1',
      [hook.id],
    );
    expect(rows).toHaveLength(1);
    const raw = Buffer.from(hook.secret.slice('whsec_'.length), 'base64').toString('hex');
    expect(JSON.stringify(rows)).not.toContain(raw);
    expect(JSON.stringify(rows)).not.toContain(hook.secret.slice('whsec_'.length));
  });

  it('is nobody else’s to see, turn, pause, test or remove', async () => {
    await emit();
    expect(await getWebhook(db, stranger, hook.id)).toBeNull();
    expect((await listDeliveries(db, stranger, { webhookId: hook.id })).deliveries).toEqual([]);
    const trespasses = [
      () => rotateSecret(db, stranger, hook),
      () => setState(db, stranger, { id: hook.id, state: 'paused' }),
      () => sendTest(db, stranger, hook),
      () => removeEndpoint(db, stranger, hook),
    ];
    for (const trespass of trespasses) await expect(trespass()).rejects.toMatchObject({ code: 'not_found' });
    expect((await stateOf())?.state).toBe('active');
  });

  it('gets a test message when it is asked for', async () => {
    await sendTest(db, actor, hook);
    await work();
    expect(new Webhook(hook.secret).verify(receiver.received[0]?.body ?? '', receiver.received[0]?.headers as never)).toMatchObject({
      type: 'webhook.test',
    });
  });

  it('that was removed gets nothing more, not even what was on its way', async () => {
    await emit();
    const jobs = await jobsOf();
    await removeEndpoint(db, actor, hook);
    for (const job of jobs) await deliverWebhook(() => receiver.outbound)({ id: job.delivery }, context());
    expect(receiver.received).toEqual([]);
    expect(await stateOf()).toBeNull();
  });

  it('keeps its log for thirty days', async () => {
    await emit();
    await emit();
    await db.pool.query(`UPDATE webhook_event SET created_at = now() - interval '31 days' WHERE id = $1`, [(await logOf())[1]?.eventId]);
    await webhookLoops[0]?.run(db);
    expect(await logOf()).toHaveLength(1);
  });

  it('has nothing of what is over, however much there was', async () => {
    await db.pool.query(
      `INSERT INTO webhook_event (id, user_id, type, body, created_at)
       SELECT gen_random_uuid(), $1, 'webhook.test', '{}', now() - interval '31 days' FROM generate_series(1, 2500)`,
      [actor.userId],
    );
    await webhookLoops[0]?.run(db);
    expect(await db.prisma.webhookEvent.count({ where: { userId: actor.userId } })).toBe(0);
  });

  it('has its log in pages', async () => {
    await Promise.all(Array.from({ length: 30 }, () => emit()));
    const first = await listDeliveries(db, actor, { webhookId: hook.id });
    const second = await listDeliveries(db, actor, { webhookId: hook.id, before: first.nextBefore ?? undefined });
    expect(new Set([...first.deliveries, ...second.deliveries].map(({ id }) => id)).size).toBe(30);
    expect(second.nextBefore).toBeNull();
  });
});
