import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { openAccount } from './accounts';
import { compareWithModel } from './testing/compare-model';
import { type Process, startProcess } from './testing/process';
import { lives, type Step } from './testing/steps';
import { openTestBooks } from './testing/test-books';

const PROCESSES = 4;
const STEPS = 20;
const RUNS = 14;
const OPERATIONS = 100_000;
const seed = Number(process.env.LEDGER_SEED) || randomInt(2 ** 31);
const books = openTestBooks();
afterAll(() => books.close());

/** What creators and the platform have, and what the models of all processes say of it. */
async function compareEarnings(creators: string[], processes: Process[], feesBefore: number): Promise<void> {
  const earnedBy = (i: number) => Number(processes.reduce((sum, { model }) => sum + (model.earned.get(i) ?? 0n), 0n));
  for (const [i, creator] of creators.entries()) {
    const pending = await openAccount(books.pool, 'creator_pending', creator, { sub: '2026-11-24' });
    const available = await openAccount(books.pool, 'creator_available', creator);
    expect((await books.posted(pending)) + (await books.posted(available))).toBe(earnedBy(i));
  }
  const fees = Number(processes.reduce((sum, { model }) => sum + model.fees, 0n));
  expect((await books.posted(await openAccount(books.pool, 'platform_fee', 'house'))) - feesBefore).toBe(fees + earnedBy(creators.length));
}

async function live(all: Step[][], repeated: number): Promise<number> {
  const creators = [`creator ${newId()}`, `creator ${newId()}`];
  const feesBefore = await books.posted(await openAccount(books.pool, 'platform_fee', 'house'));
  const processes: Process[] = [];
  for (const _ of all) processes.push(await startProcess([`a ${newId()}`, `b ${newId()}`, `c ${newId()}`], creators));
  const compare = async () => {
    for (const { collectors, model } of processes) await compareWithModel(books.pool, collectors, model);
    await compareEarnings(creators, processes, feesBefore);
  };
  try {
    await Promise.all(
      processes.map(async (process, i) => {
        await process.fill();
        for (const step of all[i] ?? []) await process.play(step);
        await process.endAll();
      }),
    );
    await compare();
    for (const process of processes) expect([...process.model.holds.values()].filter(({ state }) => state === 'open')).toEqual([]);
    await Promise.all(processes.map((process) => process.repeat(repeated)));
    await compare();
  } finally {
    for (const process of processes) await process.close();
  }
  return processes.reduce((sum, process) => sum + process.operations(), 0);
}

test(`${OPERATIONS} random operations of ${PROCESSES} processes, with killed connections, timeouts and lost answers, do what the model says (LEDGER_SEED=${seed})`, async () => {
  let operations = 0;
  const property = fc.asyncProperty(lives(PROCESSES, STEPS), fc.nat(200), async (all, repeated) => {
    operations += await live(all, repeated);
  });
  // Smaller cases of a failure would not fail in the same way: the processes race.
  const { failed, errorInstance } = await fc.check(property, { seed, numRuns: RUNS, endOnFailure: true });
  if (failed) throw new Error(`LEDGER_SEED=${seed} fails after ${operations} operations`, { cause: errorInstance });
  expect(operations).toBeGreaterThanOrEqual(OPERATIONS);
  expect(await books.audit()).toEqual([]);
}, 600_000);
