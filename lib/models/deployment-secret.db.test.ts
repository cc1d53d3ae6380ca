import { randomBytes } from 'node:crypto';
import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { inTransaction, openDatabase } from '@/lib/db';
import { seedPerson } from '@/prisma/seed/people';
import { seedTestModel } from '@/prisma/seed/test-model';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const [OLD, NEW] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];
const CANARY = `canary-${randomBytes(12).toString('hex')}`;
let version: Hex;
let [one, two] = ['', ''];

/** The modules as a process with these wrapping keys has them. */
async function withKeys(current: string, before = '') {
  vi.stubEnv('WRAPPING_KEY', current);
  vi.stubEnv('WRAPPING_KEYS_BEFORE', before);
  vi.resetModules();
  const [secrets, deployments, rewrap] = await Promise.all([
    import('./deployment-secret'),
    import('./load-deployments'),
    import('@/lib/keys/rewrap-keys'),
  ]);
  const open = async (id: string) => (await deployments.loadDeployment(db, id))?.secret.secret;
  const store = (id: string, secret: string) =>
    inTransaction(db.pool, (tx) => secrets.storeSecret(tx, { id, version }, { secret, webhookSecret: null }));
  return { open, store, rewrap: () => rewrap.rewrapKeys(db, secrets.SEALED_DEPLOYMENTS) };
}

beforeAll(async () => {
  const creator = await seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
  version = (await seedTestModel(db, creator)).digest;
  const data = { versionDigest: version, provider: 'test', reference: 'x' };
  [one, two] = [randomBytes(16), randomBytes(16)].map((bytes) =>
    bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5'),
  ) as [string, string];
  await db.prisma.deployment.createMany({ data: [one, two].map((id) => ({ id, ...data })) });
});
afterAll(() => db.close());

test('a secret opens for its own deployment, and not after it was moved to another row or a bit of it was changed', async () => {
  const { open, store } = await withKeys(OLD);
  await store(one, CANARY);
  await store(two, 'another');
  expect([await open(one), await open(two)]).toEqual([CANARY, 'another']);
  const swap = `UPDATE deployment_secret a SET kid = b.kid, wrapped_key = b.wrapped_key, ciphertext = b.ciphertext
    FROM deployment_secret b WHERE a.deployment_id <> b.deployment_id`;
  await db.pool.query(swap);
  for (const id of [one, two]) await expect(open(id)).rejects.toMatchObject({ code: 'misconfigured' });
  await db.pool.query(swap);
  for (const column of ['wrapped_key', 'ciphertext']) {
    const flip = `UPDATE deployment_secret SET ${column} = set_bit(${column}, 130, 1 - get_bit(${column}, 130)) WHERE deployment_id = $1`;
    await db.pool.query(flip, [one]);
    await expect(open(one)).rejects.toMatchObject({ code: 'misconfigured' });
    await db.pool.query(flip, [one]);
  }
  expect(await open(one)).toBe(CANARY);
});

test('a deployment of another version does not open it', async () => {
  const { open } = await withKeys(OLD);
  const creator = await seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
  const other = await seedTestModel(db, creator, { slug: 'other', manifest: { name: 'Other' } });
  await db.pool.query('UPDATE deployment SET version_digest = $2 WHERE id = $1', [two, other.digest]);
  await expect(open(two)).rejects.toMatchObject({ code: 'misconfigured' });
  await db.pool.query('UPDATE deployment SET version_digest = $2 WHERE id = $1', [two, version]);
});

test('the wrapping key is changed while secrets are opened all the time, and none fails', async () => {
  const { open, rewrap } = await withKeys(NEW, OLD);
  let going = true;
  let opened = 0;
  const readers = Array.from({ length: 4 }, async () => {
    while (going) {
      expect(await open(one)).toBe(CANARY);
      opened++;
    }
  });
  await vi.waitFor(() => expect(opened).toBeGreaterThan(50));
  expect(await rewrap()).toBe(2);
  const before = opened;
  await vi.waitFor(() => expect(opened).toBeGreaterThan(before + 50));
  going = false;
  await Promise.all(readers);
  expect(await rewrap()).toBe(0);
  const later = await withKeys(NEW);
  expect(await later.open(one)).toBe(CANARY);
  const former = await withKeys(OLD);
  await expect(former.open(one)).rejects.toMatchObject({ code: 'misconfigured' });
});

test('no table has a secret in it, nor the error of one that does not open', async () => {
  const { rows: tables } = await db.pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'ledger', 'graphile_worker')
      AND has_table_privilege(format('%I.%I', schemaname, tablename), 'SELECT')`,
  );
  expect(tables.length).toBeGreaterThan(30);
  const [plain, hex, base64] = [CANARY, Buffer.from(CANARY).toString('hex'), Buffer.from(CANARY).toString('base64')];
  for (const { name } of tables) {
    const { rows } = await db.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${name} t WHERE t::text LIKE ANY (ARRAY['%' || $1 || '%', '%' || $2 || '%', '%' || $3 || '%'])`,
      [plain, hex, base64],
    );
    expect([name, rows[0]?.n]).toEqual([name, 0]);
  }
  const { open } = await withKeys(OLD);
  const error = await open(one).catch((thrown: Error) => thrown);
  expect(`${(error as Error).stack}${((error as Error).cause as Error)?.stack}`).not.toContain(CANARY);
});
