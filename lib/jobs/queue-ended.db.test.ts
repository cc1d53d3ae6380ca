import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '@/lib/db';
import { createTestDatabase, type TestDatabase } from '@/scripts/lib/test-database';

let own: TestDatabase;
let owner: ReturnType<typeof openDatabase>;
let worker: ChildProcess | undefined;
beforeAll(async () => {
  own = await createTestDatabase();
  owner = openDatabase(own.ownerUrl);
});
afterAll(async () => {
  worker?.kill('SIGKILL');
  await owner.close();
  await own.drop();
});

test('a worker that cannot write down what it has done ends, so that another can take its jobs, and does not go on beating', async () => {
  worker = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', 'lib/jobs/testing/quick-worker.ts'], {
    env: { ...process.env, DATABASE_URL: own.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(worker, 'exit');
  await new Promise<void>((resolve) => worker?.stdout?.on('data', (data) => String(data).includes('worker ready') && resolve()));
  // As a server that goes away in the middle of it.
  await owner.pool.query(
    `CREATE FUNCTION go_away() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$`,
  );
  await owner.pool.query('CREATE TRIGGER go_away BEFORE DELETE ON graphile_worker._private_jobs FOR EACH ROW EXECUTE FUNCTION go_away()');
  await owner.pool.query(`SELECT graphile_worker.add_job('quick')`);
  expect(await ended).toEqual([1, null]);
  expect((await owner.pool.query('SELECT locked_at IS NOT NULL AS locked FROM graphile_worker._private_jobs')).rows).toEqual([{ locked: true }]);
});
