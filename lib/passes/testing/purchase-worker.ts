import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { createSender } from '@/lib/chain/sender/create-sender';
import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { startLoops } from '@/lib/jobs/loops';
import { chainHandlers } from '../chain-handlers';
import { settlementHandlers } from '../relay/settlement-handlers';

// A worker process that sends purchases of passes and reads what becomes of them: for the test that kills one.
startLoops(openDatabase(env.DATABASE_URL), [
  { ...createSender({ handlers: settlementHandlers }), everyMs: 100 },
  { ...createIndexer({ handlers: chainHandlers }), everyMs: 100 },
]);
console.log('worker ready');
