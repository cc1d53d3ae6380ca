import type { Hex } from 'viem';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { createAllowlist, editAllowlist } from '@/lib/passes/allowlists';
import { chainHandlers } from '@/lib/passes/chain-handlers';
import { wasUsed } from '@/lib/passes/included-runs';
import { readPassId } from '@/lib/passes/pass-id';
import { signRefund } from '@/lib/passes/sign-refund';
import { buyPass, givePass, openPasses, type Passes, person, setRule, testTier, untilHeadIsAsked } from '@/lib/passes/testing/pass-fixture';
import { grantCredits } from '@/prisma/seed/people';
import { quote } from './quote';
import { startGenerations } from './start-generations';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const indexer = createIndexer({ handlers: chainHandlers });
let passes: Passes;
let version: Hex;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  const tiers = [testTier('Small', { terms: { includedRuns: 2 } }), testTier('Large', { terms: { includedRuns: 3 } })];
  passes = await openPasses(db, 'gated', tiers);
  version = (await db.prisma.modelVersion.findFirstOrThrow()).digest as Hex;
});
beforeEach(() => setRule(db, passes, { kind: 'pass' }));
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await db.close();
});

/** Somebody with passes of these tiers, deep enough for their runs. */
async function holderOf(wallet: number, tiers: number[]): Promise<{ who: Actor; ids: string[] }> {
  const ids: string[] = [];
  for (const tier of tiers) ids.push(await buyPass(passes, wallet, tier));
  await testChain.mine(2);
  await indexer.run(db);
  await untilHeadIsAsked();
  return { who: await person(db, wallet), ids };
}
const ask = (who: Actor, count = 1, passId?: string) => quote(db, who, { version, prompt: 'a quiet proof', params: {}, seed: null, count, passId });
const start = async (who: Actor, count = 1, passId?: string) => startGenerations(db, who, { token: (await ask(who, count, passId)).token });

test('without a name the pass with most runs left is used, not the one that includes most', async () => {
  const { who, ids } = await holderOf(1, [1, 2]);
  const [small, large] = ids;
  expect((await ask(who)).pass).toMatchObject({ id: large, left: 3 });
  await start(who, 3);
  expect((await ask(who)).pass).toMatchObject({ id: small, left: 2 });
  await start(who, 2);
  // Nothing is left: either lets in, and the run is paid.
  expect(await ask(who)).toMatchObject({ pass: null, totalMillicredits: '2000' });
});

test('a pass that is being returned leaves the door to another one, or to another part of the rule', async () => {
  const { who, ids } = await holderOf(2, [1, 2]);
  const [small = '', large = ''] = ids;
  await signRefund(db, who, { passId: large });
  expect((await ask(who)).pass).toMatchObject({ id: small });
  await expect(ask(who, 1, large)).rejects.toMatchObject({ code: 'pass_frozen' });
  await signRefund(db, who, { passId: small });
  await expect(ask(who)).rejects.toMatchObject({ code: 'pass_frozen' });
  const { id } = await createAllowlist(db, passes.creator, { name: 'Friends' });
  await editAllowlist(db, passes.creator, { allowlistId: id, add: [who.address], remove: [] });
  await setRule(db, passes, { kind: 'any', of: [{ kind: 'pass' }, { kind: 'allowlist', id }] });
  expect(await ask(who)).toMatchObject({ pass: null, totalMillicredits: '2000' });
  await expect(start(who)).rejects.toMatchObject({ code: 'insufficient_credits' });
});

test('a pass that does not let in by itself is not the one to come with, however many runs it has', async () => {
  const { who, ids } = await holderOf(3, [1, 2]);
  await setRule(db, passes, { kind: 'pass', tiers: [1] });
  expect((await ask(who)).pass).toMatchObject({ id: ids[0] });
  await start(who);
  await setRule(db, passes, {
    kind: 'all',
    of: [
      { kind: 'pass', tiers: [1] },
      { kind: 'pass', tiers: [2] },
    ],
  });
  expect(await ask(who)).toMatchObject({ pass: null });
});

test('passes that let in together, and not alone, were both used by a run: neither is given back, whoever has it by then', async () => {
  const { who, ids } = await holderOf(5, [1, 2]);
  await setRule(db, passes, {
    kind: 'all',
    of: [
      { kind: 'pass', tiers: [1] },
      { kind: 'pass', tiers: [2] },
    ],
  });
  for (const id of ids) expect(await wasUsed(db.pool, id)).toBe(false);
  await grantCredits(db, who, 2_000n);
  await start(who);
  for (const id of ids) expect(await wasUsed(db.pool, id)).toBe(true);
  await givePass(passes, readPassId(ids[1] ?? '').tokenId, 5, 7);
  await indexer.run(db);
  expect(await wasUsed(db.pool, ids[1] ?? '')).toBe(true);
});
