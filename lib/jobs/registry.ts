import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { creditLoops } from '@/lib/credits/loops';
import type { Database } from '@/lib/db';
import { generationLoops, generationTasks } from '@/lib/generations/jobs';
import type { InferenceAdapter } from '@/lib/inference/adapter';
import { chainHandlers as mintHandlers } from '@/lib/mint/chain-handlers';
import { cardEvents } from '@/lib/payments/card/events';
import { cardLoops, cardTasks } from '@/lib/payments/card/jobs';
import { chainHandlers as depositHandlers } from '@/lib/payments/chain-handlers';
import { eventTask } from '@/lib/stripe/handle-event';
import { openCardApi } from '@/lib/stripe/open-card-api';
import { STRIPE_EVENT_TASK } from '@/lib/stripe/receive-event';
import { workLoops, workTasks } from '@/lib/works/jobs';
import type { Loop, Task } from './types';

/** Every task a worker takes. */
export function allTasks(db: Database, adapters: Record<string, InferenceAdapter>): Record<string, Task> {
  return { ...generationTasks(db, adapters), ...workTasks, ...cardTasks, [STRIPE_EVENT_TASK]: eventTask([cardEvents(() => openCardApi())]) };
}

/** Everything a worker repeats. */
export function allLoops(): Loop[] {
  return [...generationLoops, ...creditLoops, ...workLoops, ...cardLoops, createIndexer({ handlers: [...depositHandlers, ...mintHandlers] })];
}
