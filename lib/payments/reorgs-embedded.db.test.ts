import type { Hex } from 'viem';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { auditBooks, getBalance } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { payThroughReorg } from './testing/reorg-depths';
import { seededRandom } from './testing/seeded-random';
import { tillFixture } from './testing/till-fixture';

const MAX_DEPTH = 64;
const CONFIRMATIONS = 3;
const SEED = 20_261_125;
const depths = Array.from({ length: MAX_DEPTH }, (_, i) => i + 1);
const db = openDatabase(process.env.DATABASE_URL ?? '');
const till = tillFixture(db, CONFIRMATIONS);
const random = seededRandom(SEED);
let state: Hex;

beforeAll(async () => {
  await deployToTestChain(`0x${'11'.repeat(20)}`);
  state = await testChain.test.dumpState();
});
beforeEach(() => till.forget());
afterAll(() => db.close());

test.each(depths)(`on the local chain a reorg of %i blocks, credited or not, ends in the same books (seed ${SEED})`, async (depth) => {
  const before = await till.clearing();
  const actor = await payThroughReorg({ db, state, depth, confirmations: CONFIRMATIONS, embedded: true, random });
  expect(await getBalance(db, actor)).toMatchObject({ availableMillicredits: '500000', owedMillicredits: '0', frozen: false });
  expect(await till.clearing()).toBe(before - 500_000n);
  expect(await auditBooks(db)).toEqual([]);
});
