import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { auditBooks } from '@/lib/credits/queries';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { settleAllDebts } from '@/lib/payments/card/settle-debts';
import { buy, type CardShop, deliverAll, openCardShop, type Purchase } from '@/lib/payments/card/testing/card-shop';
import { getWork } from '@/lib/works/get-work';
import { readSealedFile } from '@/lib/works/read-file';
import { chainHandlers } from './chain-handlers';
import { issueVoucher } from './issue-voucher';
import { collector, makePaidWork, publishOnTestChain, sendMint, type TestModel } from './testing/mint-fixture';

let shop: CardShop;
let model: TestModel;
const label = 'Paid by card';
const WALLETS = { win: 3, lose: 4 } as const;

beforeAll(async () => {
  shop = await openCardShop(process.env.DATABASE_URL);
  await deployToTestChain((await platformSigner(shop.db)).address);
  model = await publishOnTestChain(shop.db);
});
afterAll(async () => {
  expect(await auditBooks(shop.db)).toEqual([]);
  await shop.close();
});

/** Someone whose runs a card paid: two works of which one is minted. */
async function collectByCard(wallet: number): Promise<{ actor: Actor; purchase: Purchase; kept: string; minted: string }> {
  const actor = await collector(shop.db, wallet);
  const purchase = await buy(shop, actor);
  await deliverAll(shop, purchase);
  const [kept, minted] = [await makePaidWork(shop.db, actor, model.version), await makePaidWork(shop.db, actor, model.version)];
  await sendMint(await issueVoucher(shop.db, actor, { workId: minted, label }), wallet);
  await createIndexer({ handlers: chainHandlers }).run(shop.db);
  return { actor, purchase, kept, minted };
}

const happens = async (purchase: Purchase, name: string, input: Record<string, string>) => {
  const done = shop.simulator.act(name, input) as { id: string };
  await deliverAll(shop, purchase);
  return done.id;
};

test.each(['win', 'lose'] as const)(
  'a dispute closes download and voucher of what it paid for and leaves the token alone, until it is settled: %s',
  async (outcome) => {
    const { actor, purchase, kept, minted } = await collectByCard(WALLETS[outcome]);
    const open = async () => {
      await expect(readSealedFile(shop.db, actor, kept)).resolves.toMatchObject({ name: expect.any(String) });
      await expect(issueVoucher(shop.db, actor, { workId: kept, label })).resolves.toMatchObject({ label });
      expect(await getWork(shop.db, actor, kept)).toMatchObject({ paymentDisputed: false, file: { href: expect.any(String) } });
    };
    const closed = async () => {
      await expect(readSealedFile(shop.db, actor, kept)).rejects.toMatchObject({ code: 'payment_disputed' });
      await expect(issueVoucher(shop.db, actor, { workId: kept, label })).rejects.toMatchObject({ code: 'payment_disputed' });
      expect(await getWork(shop.db, actor, kept)).toMatchObject({ paymentDisputed: true, file: null });
      expect(await getWork(shop.db, null, minted)).toMatchObject({ paymentDisputed: true, minted: true, file: { href: expect.any(String) } });
      // However the id is written: Postgres takes capitals for the same id.
      await expect(readSealedFile(shop.db, actor, kept.toUpperCase())).rejects.toMatchObject({ code: 'payment_disputed' });
      await expect(issueVoucher(shop.db, actor, { workId: kept.toUpperCase(), label })).rejects.toMatchObject({ code: 'payment_disputed' });
      expect(await getWork(shop.db, actor, kept.toUpperCase())).toMatchObject({ id: kept, paymentDisputed: true, file: null });
      await expect(readSealedFile(shop.db, null, minted)).resolves.toMatchObject({ name: expect.any(String) });
    };
    await open();
    const dispute = await happens(purchase, 'dispute', { id: purchase.id });
    await closed();
    await happens(purchase, 'step-dispute', { id: dispute, step: outcome });
    if (outcome === 'lose') {
      await closed();
      await deliverAll(shop, await buy(shop, actor));
      await settleAllDebts(shop.db);
    }
    await open();
  },
);
