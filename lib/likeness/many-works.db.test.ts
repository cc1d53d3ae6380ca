import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '@/lib/db';
import { IS_PUBLIC } from '@/lib/works/queries';
import { seedPerson } from '@/prisma/seed/people';
import { seedTestModel } from '@/prisma/seed/test-model';
import { createTestDatabase, type TestDatabase } from '@/scripts/lib/test-database';
import { MAX_BITS_APART } from './compare';
import { nearest, nearestSql } from './nearest';
import { readLikeness } from './read-likeness';
import { pictureOf } from './testing/picture-works';

const WORKS = 100_000;
let test: TestDatabase;
let db: ReturnType<typeof openDatabase>;
let owner: pg.Client;

/** Rows alone, without the runs behind them. Bits of real pictures are not even: here each is set in 20 % to 80 % of all works. */
async function fill(version: string, userId: string): Promise<void> {
  await owner.query('ALTER TABLE work DROP CONSTRAINT work_id_fkey');
  await owner.query(
    `INSERT INTO work (id, owner_id, version_digest, kind, content, receipt_digest, signature, width, height, output_blob, sealed_at, captured_at, shared_at)
     SELECT gen_random_uuid(), $1, $2, 'image', '0x' || lpad(to_hex(i), 64, '0'), '0x' || lpad(to_hex(i), 64, '0'), '0x', 1, 1, lpad(to_hex(i), 64, '0'), now(), now(),
            CASE WHEN i % 2 = 0 THEN now() END
       FROM generate_series(1, ${WORKS}) i`,
    [userId, version],
  );
  const hashes = Array.from({ length: WORKS }, () => {
    let hash = 0n;
    for (let bit = 0; bit < 63; bit++) hash = (hash << 1n) | (Math.random() < 0.2 + (0.6 * ((bit * 37) % 63)) / 63 ? 1n : 0n);
    return hash.toString();
  });
  await owner.query(
    `INSERT INTO likeness (work_id, hash, form, read_at)
     SELECT w.id, h.hash, $2, now() FROM (SELECT id, row_number() OVER () AS n FROM work) w
       JOIN unnest($1::bigint[]) WITH ORDINALITY h(hash, n) USING (n)`,
    [hashes, randomBytes(256)],
  );
  await owner.query('ANALYZE');
}

beforeAll(async () => {
  test = await createTestDatabase();
  db = openDatabase(test.url);
  owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  const person = await seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
  await fill((await seedTestModel(db, person)).digest, person.userId);
}, 120_000);
afterAll(async () => {
  await owner.end();
  await db.close();
  await test.drop();
});

it(`finds its way among ${WORKS} works through the bands, without looking at most of them`, async () => {
  const likeness = readLikeness(pictureOf(1));
  if (!likeness) return expect.fail('a picture with form');
  const [one] = await db.prisma.work.findMany({ where: { sharedAt: { not: null } }, take: 1 });
  await owner.query('UPDATE likeness SET hash = $2, form = $3 WHERE work_id = $1', [
    one?.id,
    (likeness.hash ^ 0b111111n).toString(),
    Buffer.from(likeness.form.buffer),
  ]);
  const times: number[] = [];
  for (let i = 0; i < 11; i++) {
    const before = performance.now();
    expect(await nearest(db.pool, likeness, IS_PUBLIC)).toEqual([{ id: one?.id, difference: 0 }]);
    times.push(performance.now() - before);
  }
  const plan = await owner.query<{ 'QUERY PLAN': string }>(`EXPLAIN ANALYZE ${nearestSql(IS_PUBLIC)}`, [likeness.hash.toString(), MAX_BITS_APART]);
  const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n');
  console.log(`among ${WORKS}: median ${times.sort((a, b) => a - b)[5]?.toFixed(1)} ms, slowest ${times.at(-1)?.toFixed(1)} ms\n${text}`);
  expect(text).toContain('likeness_by_band');
  expect(text).not.toMatch(/Seq Scan on (work|likeness)/);
});

it('finds one that somebody has made hundreds of works in front of', async () => {
  const likeness = readLikeness(pictureOf(2));
  if (!likeness) return expect.fail('a picture with form');
  const { userId } = await seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
  const [original, ...made] = await db.prisma.work.findMany({ where: { sharedAt: { not: null } }, take: 301, orderBy: { id: 'asc' } });
  await owner.query('UPDATE work SET owner_id = $2 WHERE id = $1', [original?.id, userId]);
  const [hash, form] = [likeness.hash.toString(), Buffer.from(likeness.form.buffer)];
  await owner.query('UPDATE likeness SET hash = $2, form = $3 WHERE work_id = $1', [original?.id, (likeness.hash ^ 1n).toString(), form]);
  await owner.query('UPDATE likeness SET hash = $2 WHERE work_id = ANY($1)', [made.map(({ id }) => id), hash]);
  expect(await nearest(db.pool, likeness, IS_PUBLIC)).toEqual([{ id: original?.id, difference: 0 }]);
});
