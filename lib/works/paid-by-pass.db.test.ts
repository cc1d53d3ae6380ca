import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { listGenerations } from '@/lib/generations/queries';
import { quote } from '@/lib/generations/quote';
import { createRunGeneration } from '@/lib/generations/run-generation';
import { startGenerations } from '@/lib/generations/start-generations';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { chainHandlers } from '@/lib/passes/chain-handlers';
import { buyPass, openPasses, type Passes, person, setRule, testTier, untilHeadIsAsked } from '@/lib/passes/testing/pass-fixture';
import { grantCredits } from '@/prisma/seed/people';
import { seedPixels } from '@/prisma/seed/test-model';
import { getWork } from './get-work';

const db = openDatabase(process.env.DATABASE_URL ?? '');
let passes: Passes;
let version: Hex;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  passes = await openPasses(db, 'gated', [testTier('Reader', { terms: { includedRuns: 1 } })]);
  version = (await db.prisma.modelVersion.findFirstOrThrow()).digest as Hex;
  await setRule(db, passes, { kind: 'pass' });
});
afterAll(() => db.close());

test('a work’s record names the pass whose included run it was, and a work that was paid with the same pass in hand does not', async () => {
  const who = await person(db, 1);
  await grantCredits(db, who, 10_000n);
  await buyPass(passes, 1);
  await testChain.mine(2);
  await createIndexer({ handlers: chainHandlers }).run(db);
  await untilHeadIsAsked();
  const { token, quoteId } = await quote(db, who, { version, prompt: 'a quiet proof', params: {}, seed: null, count: 2 });
  await startGenerations(db, who, { token });
  const runs = await listGenerations(db, who, { quoteId });
  const deliver = createRunGeneration(db, { test: seedPixels });
  for (const { id } of runs) {
    await deliver({ id }, { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 });
  }
  const [included, paid] = runs.toSorted((a, b) => Number(a.priceMillicredits) - Number(b.priceMillicredits));
  expect(await getWork(db, who, included?.id ?? '')).toMatchObject({
    priceMillicredits: '0',
    paidByPass: { label: 'Reader', href: `/passes/${passes.creator.address}/100000001` },
    history: [{ text: 'Run started, a run of a pass held' }, { text: 'Delivered, stored and attested; the pass’s run used' }],
  });
  expect(await getWork(db, who, paid?.id ?? '')).toMatchObject({ priceMillicredits: '2000', paidByPass: null });
});
