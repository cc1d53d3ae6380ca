import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { deploymentOf, isFactoryMade } from '@/lib/chain/deployments';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { chainHandlers } from './chain-handlers';
import { issueVoucher } from './issue-voucher';
import { collector, makeWork, publishOnTestChain, sendMint, type TestModel } from './testing/mint-fixture';

const db = openDatabase(process.env.DATABASE_URL ?? '');
let former: TestModel;
let anna: Actor;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  former = await publishOnTestChain(db, 'former');
  // Another voucher key makes another factory.
  await deployToTestChain(`0x${'11'.repeat(20)}`);
  anna = await collector(db, 1);
});
afterAll(() => db.close());

test('a work minted in a collection of a former factory is indexed', async () => {
  const call = await issueVoucher(db, anna, { workId: await makeWork(db, anna, former.version), label: 'Early state' });
  expect(await sendMint(call, 1)).toMatchObject({ status: 'success' });
  await createIndexer({ handlers: chainHandlers }).run(db);
  expect(await db.prisma.token.findFirst({ where: { tokenId: call.tokenId } })).toMatchObject({ collection: former.collection, owner: anna.address });
});

test('a collection is ours if any of our factories made it', async () => {
  const current = await publishOnTestChain(db, 'current');
  expect(deploymentOf(31_337).all('work')).toHaveLength(2);
  const ours = (collection: TestModel['collection']) => isFactoryMade(testChain.client, 31_337, 'work', collection);
  const made = await Promise.all([former.collection, current.collection, deploymentOf(31_337).current('work')].map(ours));
  expect(made).toEqual([true, true, false]);
});
