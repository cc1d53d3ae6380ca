import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { generationLoops, generationTasks } from '@/lib/generations/jobs';
import { creatorAdapters } from '@/lib/inference/adapters/all-adapters';
import { startWorker } from '@/lib/jobs/worker';

// One of several workers that are killed at random.
const CONCURRENCY = 24;
const db = openDatabase(env.DATABASE_URL, CONCURRENCY + 6);
await startWorker(db, { tasks: generationTasks(db, creatorAdapters()), loops: generationLoops, concurrency: CONCURRENCY });
console.log('worker ready');
