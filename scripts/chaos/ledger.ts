/**
 * Kills Postgres in the middle of the ledger's work, again and again, and looks after each restart whether the books are what the clients
 * were told. `--rounds N` kills (3), `--seed S` repeats the choices (not the timing) of a run.
 */
import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { freePort } from '../lib/ports';
import { superuserUrl, withClient } from '../lib/postgres';
import { makeThrowawayDir } from '../lib/throwaway';
import { type Books, makeTemplate, openBooks } from './books';
import { fillPurses } from './load';
import { Memory } from './memory';
import { createRandom } from './random';
import { compareAll, playRound } from './round';
import { startMortalPostgres } from './server';

/** An audit reads all that was ever written; fresh books now and then keep two hundred of them short. */
const ROUNDS_A_BOOK = 25;

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' }, seed: { type: 'string' } } });
const rounds = Number(values.rounds);
const seed = values.seed ?? String(randomInt(2 ** 31));
const passwords = { superuserPassword: 'chaos', ownerPassword: 'chaos', appPassword: 'chaos' };
const random = createRandom(seed);
const bookName = (first: number) => `books_${first}`;
const totals = { effects: 0, replays: 0, refusals: 0, unknown: 0 };

function fail(wrong: string[]): never {
  for (const line of wrong.slice(0, 20)) console.error(line);
  console.error(`${wrong.length} contradictions with --seed ${seed}. The books are in ${dataDir}.`);
  process.exit(1);
}

async function playBook(books: Books, first: number, last: number): Promise<void> {
  const memory = new Memory();
  await fillPurses(books, memory, `${seed}/${first}`);
  for (let round = first; round <= last; round++) {
    const { effects } = memory.counts;
    const { unknown, recoveryMs, wrong } = await playRound(server, books, memory, {
      seed: `${seed}/${round}`,
      effects: random.between(9_500, 11_500),
    });
    totals.unknown += unknown;
    console.log(
      `kill ${round}/${rounds}: ${memory.counts.effects - effects} acknowledged, ${unknown} answers lost, back in ${Math.round(recoveryMs)} ms, ${wrong.length} contradictions`,
    );
    if (wrong.length > 0) fail(wrong);
  }
  const wrong = await compareAll(books, memory);
  if (wrong.length > 0) fail(wrong);
  for (const name of ['effects', 'replays', 'refusals'] as const) totals[name] += memory.counts[name];
  await books.pool.end();
  await withClient(superuserUrl(address), (client) => client.query(`DROP DATABASE ${bookName(first)}`));
}

console.log(`seed ${seed}`);
const dataDir = await makeThrowawayDir();
const address = { ...passwords, port: await freePort() };
const server = await startMortalPostgres({ ...address, dataDir });
process.on('SIGINT', () => void server.kill().then(() => process.exit(130)));
await makeTemplate(address);
for (let first = 1; first <= rounds; first += ROUNDS_A_BOOK) {
  const last = Math.min(rounds, first + ROUNDS_A_BOOK - 1);
  await playBook(await openBooks(address, bookName(first)), first, last);
}
await server.stop();
rmSync(dataDir, { recursive: true, force: true });
console.log(
  `${rounds} kills, ${totals.effects} operations acknowledged as done (and ${totals.replays} replays, ${totals.refusals} refusals), ` +
    `${totals.unknown} answers lost and asked for again: nothing lost, nothing doubled. Seed ${seed}.`,
);
