import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { createSender } from '@/lib/chain/sender/create-sender';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { houseKey, platformSigner } from '@/lib/keys/sealed-keys';
import { bookFloat, fundRelayer, giveFinalCredits, gweiOf } from '@/lib/mint/testing/relay-fixture';
import { chainHandlers } from '@/lib/passes/chain-handlers';
import { listPassesOf } from '@/lib/passes/queries';
import { quotePurchase } from '@/lib/passes/relay/quote-purchase';
import { settlementHandlers } from '@/lib/passes/relay/settlement-handlers';
import { startPurchase } from '@/lib/passes/relay/start-purchase';
import { signRefund } from '@/lib/passes/sign-refund';
import { openPasses, type Passes, person, sendCalls, testTier } from '@/lib/passes/testing/pass-fixture';
import { checkHolds } from '../books/check-holds';
import { asOwner } from '../testing/as-owner';
import { runOne } from '../testing/run-one';
import { checkRelays } from '../works/check-relays';
import { checkFloat } from './check-float';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const { run: index } = createIndexer({ handlers: chainHandlers });
const sender = createSender({ handlers: settlementHandlers });
let passes: Passes;
let ben: Actor;
let relayer: Hex;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  passes = await openPasses(db, 'gated', [testTier('Reader')]);
  ben = await person(db, 2);
  await giveFinalCredits(db, ben, 10_000_000n);
  await fundRelayer(db);
  relayer = (await houseKey(db, 'relayer')).signer.address;
  await index(db);
});
afterAll(() => db.close());

async function turn(): Promise<void> {
  await db.pool.query(`UPDATE chain_transaction SET look_at = now() WHERE state IN ('queued', 'sent', 'mined')`);
  await sender.run(db);
}
const kinds = async () => {
  const findings = [...(await runOne(db, checkHolds)), ...(await runOne(db, checkRelays)), ...(await runOne(db, checkFloat))];
  return findings.map(({ kind, severity }) => `${kind}: ${severity}`);
};
/** Whatever was booked as given to the relayer: its first ETH alone. */
const given = () => db.pool.query(`SELECT amount FROM ledger.transfer WHERE code = 'float_in'`).then(({ rows }) => rows.length);
const alerts = () => db.prisma.operatorAlert.count({ where: { kind: 'relayer_eth_left' } });

test('a pass bought with credits and given back leaves nothing to say: neither what came back is a top-up, nor is anything missing', async () => {
  const { token } = await quotePurchase(db, ben, { collection: passes.collection, tierId: 1, to: null });
  await startPurchase(db, ben, { token });
  expect(await kinds()).toEqual([]);
  await turn();
  await testChain.mine();
  await turn();
  await testChain.mine(4);
  await turn();
  expect(await kinds()).toEqual([]);
  // Not indexed yet: what may have come back is not known.
  await bookFloat(db);
  await index(db);
  await bookFloat(db);
  const [pass] = await listPassesOf(db, ben.address);

  await sendCalls((await signRefund(db, ben, { passId: pass?.passId ?? '' })).calls, 2);
  expect(await kinds()).toEqual(['given: in_flight']);
  for (let block = 0; block < 6; block++) {
    await bookFloat(db);
    await testChain.mine();
    await bookFloat(db);
    await index(db);
    await bookFloat(db);
  }
  expect(await kinds()).toEqual([]);
  expect([await given(), await alerts()]).toEqual([1, 0]);
  expect((await testChain.client.getBalance({ address: relayer })) / 1_000_000_000n - (await gweiOf(db, 'relayer_float'))).toBeLessThan(3n);
  expect(await auditBooks(db)).toEqual([]);
});

test('a return that was credited twice, or of another amount, is found', async () => {
  const { purchaseId, transferRef } = await db.prisma.passPayback.findFirstOrThrow({ where: { state: 'credited' } });
  await asOwner('UPDATE ledger.transfer SET amount = amount + 7 WHERE ref = $1', [transferRef]);
  expect(await runOne(db, checkRelays)).toMatchObject([{ kind: 'contradiction', subject: `relay ${purchaseId}` }]);
  await asOwner('UPDATE ledger.transfer SET amount = amount - 7 WHERE ref = $1', [transferRef]);
  await asOwner(
    `INSERT INTO pass_payback SELECT chain_id, '0xother', tx_hash, ordinal, block_number, pass_id, wei, state, purchase_id, transfer_ref FROM pass_payback`,
    [],
  );
  expect(await runOne(db, checkRelays)).toMatchObject([{ kind: 'contradiction', actual: expect.stringContaining('paid back 2 times') }]);
  await asOwner(`DELETE FROM pass_payback WHERE block_hash = '0xother'`, []);
  expect(await kinds()).toEqual([]);
});
