import { createSender } from '@/lib/chain/sender/create-sender';
import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { startLoops } from '@/lib/jobs/loops';
import { settlementHandlers } from '../relay/settle-relay';

// A worker process that does nothing but send relayed mints: for the test that kills one.
startLoops(openDatabase(env.DATABASE_URL), [{ ...createSender({ handlers: settlementHandlers }), everyMs: 100 }]);
console.log('worker ready');
