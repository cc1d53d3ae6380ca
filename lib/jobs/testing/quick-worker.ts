import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { startWorker } from '../worker';

// A worker whose only task is done at once: for the test in which that cannot be written down.
const db = openDatabase(env.DATABASE_URL);
await startWorker(db, { tasks: { quick: async () => {} }, loops: [], concurrency: 1 });
console.log('worker ready');
