import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { generationTasks } from '@/lib/generations/jobs';
import { huggingFace } from '@/lib/inference/adapters/hugging-face';
import { startWorker } from '@/lib/jobs/worker';

// The worker of the proxy bench, in a process of its own, as `npm start` has it.
const IN_FLIGHT = 64;
const db = openDatabase(env.DATABASE_URL, 8);
await startWorker(db, { tasks: generationTasks(db, { 'hugging-face': huggingFace }), loops: [], concurrency: IN_FLIGHT, localQueue: IN_FLIGHT });
console.log('worker ready');
