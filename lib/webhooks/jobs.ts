import type { Loop, Task } from '@/lib/jobs/types';
import { rewrapKeys } from '@/lib/keys/rewrap-keys';
import { deliverWebhook } from './deliver';
import { webhookOutbound } from './outbound';
import { SEALED_WEBHOOKS } from './secrets';

export const webhookTasks: Record<string, Task> = {
  'deliver-webhook': deliverWebhook(webhookOutbound),
  'deliver-webhook-slowly': deliverWebhook(webhookOutbound, 'slow'),
};

const KEPT_DAYS = 30;
const AT_ONCE = 1_000;
const TURNS = 100;
const TOLD_AHEAD_HOURS = 24;

export const webhookLoops: Loop[] = [
  {
    name: 'forget old webhook messages and former secrets',
    everyMs: 600_000,
    run: async ({ pool }) => {
      const old = `DELETE FROM webhook_event WHERE id IN (SELECT id FROM webhook_event WHERE created_at < now() - make_interval(days => $1) LIMIT $2)`;
      // As often as it takes, within reason: what comes in faster than one statement a turn would grow for good.
      for (let i = 0; i < TURNS && ((await pool.query(old, [KEPT_DAYS, AT_ONCE])).rowCount ?? 0) >= AT_ONCE; i++);
      await pool.query('DELETE FROM webhook_secret WHERE ends_at < now()');
    },
  },
  {
    name: 'tell holders whose passes end within a day',
    everyMs: 60_000,
    run: async ({ pool }) => {
      await pool.query('SELECT webhook_tell_pass_ends(make_interval(hours => $1), $2)', [TOLD_AHEAD_HOURS, AT_ONCE]);
    },
  },
  {
    name: 'wrap secrets of webhooks anew after a rotation',
    everyMs: 30_000,
    run: async (db) => {
      await rewrapKeys(db, SEALED_WEBHOOKS);
    },
  },
];
