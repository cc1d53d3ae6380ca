import { afterAll, expect, test } from 'vitest';
import { isFactoryMade } from '@/lib/chain/deployments';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { seedPerson } from './people';
import { publishHouseModels } from './publish-house-models';

const db = openDatabase(process.env.DATABASE_URL ?? '');
afterAll(() => db.close());

test('the house’s models stay in the collection they were published in when a new factory comes', async () => {
  const account = testChain.wallet(5).account;
  const wallet = {
    address: account.address,
    publicClient: testChain.client as never,
    send: async (to: `0x${string}`, data: `0x${string}`) => {
      const hash = await testChain.wallet(5).sendTransaction({ to, data, gas: 3_000_000n });
      await testChain.mine();
      return hash;
    },
  };
  const creator = await seedPerson(db, account.address);
  await deployToTestChain(`0x${'11'.repeat(20)}`);
  await publishHouseModels(db, creator, wallet);
  const sent = await testChain.client.getTransactionCount({ address: account.address });
  expect(sent).toBeGreaterThan(0);

  await deployToTestChain(`0x${'22'.repeat(20)}`);
  await publishHouseModels(db, creator, wallet);
  expect(await testChain.client.getTransactionCount({ address: account.address })).toBe(sent);
  const { collection } = await db.prisma.modelVersion.findFirstOrThrow({ where: { model: { creatorId: creator.userId } } });
  expect(await isFactoryMade(testChain.client, 31_337, 'work', collection as `0x${string}`)).toBe(true);
});
