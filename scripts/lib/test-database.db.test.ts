import type pg from 'pg';
import { expect, test } from 'vitest';
import { withClient } from './postgres';
import { createTestDatabase } from './test-database';

const count = (client: pg.Client) => client.query<{ n: number }>('SELECT count(*)::int AS n FROM probe').then((r) => r.rows[0]?.n);

test('gives every database its own data', async () => {
  const [a, b] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await withClient(a.ownerUrl, (client) => client.query('CREATE TABLE probe AS SELECT 1'));
  expect(await withClient(a.ownerUrl, count)).toBe(1);
  await expect(withClient(b.ownerUrl, count)).rejects.toThrow('does not exist');
  await Promise.all([a.drop(), b.drop()]);
});

test('gives the app role no right to change tables, and the whole job queue', async () => {
  const url = process.env.DATABASE_URL ?? '';
  await expect(withClient(url, (client) => client.query('CREATE TABLE t (x int)'))).rejects.toThrow('permission denied');
  const jobs = await withClient(url, async (client) => {
    await client.query(`SELECT graphile_worker.add_job('probe')`);
    return client.query('SELECT * FROM graphile_worker.jobs');
  });
  expect(jobs.rows).toHaveLength(1);
});
