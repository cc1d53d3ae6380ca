/**
 * Kills Postgres the moment runs were told to be started, again and again: each of them is there afterwards, with its hold and its job. Postgres
 * writes its log as late as it may, so that what nobody waited for is lost. `--rounds N` kills (5).
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openDatabase } from '@/lib/db';
import { quote } from '@/lib/generations/quote';
import { startGenerations } from '@/lib/generations/start-generations';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedTestModel } from '@/prisma/seed/test-model';
import { appUrl, prepareRoles } from '../lib/database-roles';
import { migrate } from '../lib/migrate';
import { freePort } from '../lib/ports';
import { superuserUrl, withClient } from '../lib/postgres';
import { makeThrowawayDir } from '../lib/throwaway';
import { startMortalPostgres } from './server';

const AT_ONCE = 12;
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);
const dataDir = await makeThrowawayDir();
const address = { superuserPassword: 'chaos', ownerPassword: 'chaos', appPassword: 'chaos', port: await freePort() };
Object.assign(process.env, {
  DATABASE_URL: appUrl(address),
  RPC_URL: 'http://127.0.0.1:1',
  WRAPPING_KEY: '11'.repeat(32),
  SESSION_SECRET: '22'.repeat(32),
});
const server = await startMortalPostgres({ ...address, dataDir });
await prepareRoles(address, 'intaglio');
await migrate(superuserUrl(address, 'intaglio'), () => {});
await withClient(superuserUrl(address), (client) => client.query(`ALTER SYSTEM SET wal_writer_delay = '10s'`));

async function startSome(round: number): Promise<string[]> {
  const db = openDatabase(appUrl(address));
  const creator = await seedPerson(db, `0x${'c'.repeat(39)}${round % 10}`);
  const { digest } = await seedTestModel(db, creator, { slug: `m-${round}`, manifest: { name: `m ${round}` } });
  const people = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => seedPerson(db, `0x${String(round * 100 + i).padStart(40, '0')}`)));
  for (const person of people) await grantCredits(db, person, 10_000n);
  const quotes = await Promise.all(people.map((person) => quote(db, person, { version: digest, prompt: 'x', params: {}, seed: null, count: 1 })));
  await Promise.all(quotes.map(({ token }, i) => startGenerations(db, people[i] as (typeof people)[number], { token })));
  await server.kill();
  await db.close().catch(() => {});
  return quotes.map(({ quoteId }) => quoteId);
}

for (let round = 1; round <= rounds; round++) {
  const quotes = await startSome(round);
  await server.restart();
  const found = await withClient(superuserUrl(address, 'intaglio'), (client) =>
    client.query(
      `SELECT count(*)::int AS runs, count(h.id)::int AS holds, count(j.id)::int AS jobs FROM generation g LEFT JOIN ledger.hold h ON h.id = g.id
         LEFT JOIN graphile_worker._private_jobs j ON j.payload ->> 'id' = g.id::text WHERE g.quote_id = ANY ($1)`,
      [quotes],
    ),
  );
  console.log(`kill ${round}/${rounds}: ${JSON.stringify(found.rows[0])} of ${AT_ONCE} that were told to be started`);
  if (Object.values(found.rows[0]).some((count) => count !== AT_ONCE)) {
    console.error('Something that was told to be started is gone.');
    process.exit(1);
  }
}
await server.stop();
rmSync(dataDir, { recursive: true, force: true });
process.exit(0);
