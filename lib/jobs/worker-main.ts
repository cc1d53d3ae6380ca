import { checkOtherChains } from '@/lib/chain/other-chains';
import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { creatorAdapters } from '@/lib/inference/adapters/all-adapters';
import { embeddedAdapter } from '@/lib/inference/embedded';
import { createHousePool } from '@/lib/inference/house/pool';
import { log } from '@/lib/log';
import { allLoops, allTasks, outgoingTasks } from './registry';
import { startWorker } from './worker';

const POOL_CONNECTIONS_BESIDE_JOBS = 9;
/** Of each kind: they wait for answers, and hold no connection meanwhile. */
const OUTGOING_AT_ONCE = 32;

await checkOtherChains();
const db = openDatabase(env.DATABASE_URL, env.WORKER_CONCURRENCY + POOL_CONNECTIONS_BESIDE_JOBS);
const housePool = createHousePool({ threads: env.RENDER_THREADS });
const worker = await startWorker(db, {
  tasks: allTasks(db, { ...creatorAdapters(), embedded: embeddedAdapter(housePool) }),
  loops: allLoops(),
  concurrency: env.WORKER_CONCURRENCY,
});
const outgoing = await Promise.all(
  Object.entries(outgoingTasks).map(([name, task]) => startWorker(db, { tasks: { [name]: task }, loops: [], concurrency: OUTGOING_AT_ONCE })),
);
// The launcher waits for this line.
console.log('worker ready');

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await Promise.all([worker, ...outgoing].map((one) => one.stop()));
  await housePool.close();
  await db.close();
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
process.on('unhandledRejection', (err) => {
  log.fatal({ err }, 'unhandled rejection');
  process.exit(1);
});
