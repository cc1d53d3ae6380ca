import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '@/lib/db';
import { handleEvent } from './handle-event';
import { receiveEvent } from './receive-event';
import { toEvent } from './verify-webhook';

const db = openDatabase(process.env.DATABASE_URL ?? '');
afterAll(() => db.close());

function verified(id: string) {
  const body = { id, type: 'account.updated', account: 'acct_1', data: { object: { id: 'acct_1', object: 'account' } } };
  return { event: toEvent(body), payload: JSON.stringify(body) };
}

test('an event that comes 50 times at once is kept once, with one job', async () => {
  const news = await Promise.all(Array.from({ length: 50 }, () => receiveEvent(db, verified('evt_many'))));
  expect(news.filter(Boolean)).toHaveLength(1);
});

test('a handler that fails leaves its reason, and is called again until it succeeds, then no more', async () => {
  await receiveEvent(db, verified('evt_late'));
  const seen: string[] = [];
  let isDown = true;
  const handler = {
    types: ['account.updated'],
    handle: async (_: unknown, event: { accountId: string | null }) => {
      if (isDown) throw new Error('not yet');
      seen.push(event.accountId ?? '');
    },
  };
  await expect(handleEvent(db, [handler], 'evt_late')).rejects.toThrow('not yet');
  isDown = false;
  await handleEvent(db, [handler], 'evt_late');
  await handleEvent(db, [handler], 'evt_late');
  const { rows } = await db.pool.query('SELECT attempts, error, handled_at IS NOT NULL AS handled FROM stripe_event WHERE id = $1', ['evt_late']);
  expect([seen, rows]).toEqual([['acct_1'], [{ attempts: 2, error: null, handled: true }]]);
});
