import { once } from 'node:events';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { startWorker } from '@/lib/jobs/worker';
import { cardEvents } from '@/lib/payments/card/events';
import { cardLoops, cardTasks } from '@/lib/payments/card/jobs';
import { chainHandlers } from '@/lib/payments/chain-handlers';
import { payoutLoops, payoutTasks } from '@/lib/payouts/jobs';
import { eventTask } from '@/lib/stripe/handle-event';
import { openCardApi } from '@/lib/stripe/open-card-api';
import { STRIPE_EVENT_TASK } from '@/lib/stripe/receive-event';

// A worker process of what money comes in and leaves by, with the tasks and loops of the real one: for the test that kills one after the
// other. It is loaded when it is spawned and begins when it is told to.
console.log('worker loaded');
await once(process.stdin, 'data');
await startWorker(openDatabase(env.DATABASE_URL), {
  tasks: { ...cardTasks, ...payoutTasks, [STRIPE_EVENT_TASK]: eventTask([cardEvents(() => openCardApi())]) },
  loops: [{ ...createIndexer({ handlers: chainHandlers }), everyMs: 20 }, ...cardLoops, ...payoutLoops],
  concurrency: 4,
});
