import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { localAdapter } from '@/lib/inference/local-adapter';
import { startWorker } from '@/lib/jobs/worker';
import { generationTasks } from '../jobs';

// A worker whose model never answers: for the test that kills it.
const db = openDatabase(env.DATABASE_URL);
await startWorker(db, { tasks: generationTasks(db, { test: localAdapter(() => new Promise(() => {})) }), loops: [], concurrency: 1 });
console.log('worker ready');
