import { type Hex, parseEther } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { houseKey, platformSigner } from '@/lib/keys/sealed-keys';
import { quoteRelay } from '@/lib/mint/relay/quote-relay';
import { startRelay } from '@/lib/mint/relay/start-relay';
import { makeWork, publishOnTestChain, type TestModel } from '@/lib/mint/testing/mint-fixture';
import { bookFloat, createTurns, fundRelayer, giveFinalCredits } from '@/lib/mint/testing/relay-fixture';
import { seedPerson } from '@/prisma/seed/people';
import { checkHolds } from '../books/check-holds';
import { asOwner } from '../testing/as-owner';
import { runOne } from '../testing/run-one';
import { checkRelays } from '../works/check-relays';
import { checkFloat } from './check-float';
import { checkKeys } from './check-keys';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const turn = createTurns(db);
let model: TestModel;
let anna: Actor;
let relayer: Hex;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  model = await publishOnTestChain(db);
  anna = await seedPerson(db, '0x00000000000000000000000000000000000000d7');
  await giveFinalCredits(db, anna, 10_000_000n);
  await fundRelayer(db);
  relayer = (await houseKey(db, 'relayer')).signer.address;
});
afterAll(() => db.close());

async function relayed(): Promise<string> {
  const workId = await makeWork(db, anna, model.version);
  const { token } = await quoteRelay(db, anna, { workId });
  return (await startRelay(db, anna, { token, label: 'Without gas' })).id;
}
const kinds = async () => {
  const findings = [
    ...(await runOne(db, checkHolds)),
    ...(await runOne(db, checkRelays)),
    ...(await runOne(db, checkFloat)),
    ...(await runOne(db, checkKeys)),
  ];
  return findings.map(({ kind, severity }) => `${kind}: ${severity}`);
};

describe('a mint that the house sends', () => {
  test('leaves nothing to say when it is paid, and only what time explains before', async () => {
    expect(await kinds()).toEqual([]);
    await relayed();
    expect(await kinds()).toEqual([]);
    await turn();
    await testChain.mine();
    expect(await kinds()).toEqual(['on_its_way: in_flight']);
    await turn();
    expect(await kinds()).toEqual([]);
    await testChain.mine(3);
    await turn();
    expect(await kinds()).toEqual([]);
  });

  test('whose hold, transaction and price do not agree is found', async () => {
    const { id } = await db.prisma.relay.findFirstOrThrow({ where: { state: 'captured' } });
    await asOwner(`UPDATE ledger.transfer SET amount = amount + 7 WHERE ref = $1`, [id]);
    expect(await runOne(db, checkRelays)).toMatchObject([{ kind: 'wrong_price', subject: `relay ${id}`, difference: '7' }]);
    await asOwner(`UPDATE ledger.transfer SET amount = amount - 7 WHERE ref = $1`, [id]);
    await asOwner(`UPDATE ledger.hold SET state = 'released' WHERE id = $1`, [id]);
    expect(await runOne(db, checkRelays)).toMatchObject([{ kind: 'contradiction', actual: 'mint captured, hold released, transaction safe' }]);
    await asOwner(`UPDATE ledger.hold SET state = 'captured' WHERE id = $1`, [id]);
    expect(await kinds()).toEqual([]);
  });
});

describe('the relayer’s ETH', () => {
  test('that was given is in flight until it is booked, and that is missing is a difference', async () => {
    const has = await testChain.client.getBalance({ address: relayer });
    await testChain.test.setBalance({ address: relayer, value: has + parseEther('1') });
    expect(await runOne(db, checkFloat)).toMatchObject([
      { kind: 'given', severity: 'in_flight', difference: '1000000000', unit: 'gwei', graceMinutes: 15 },
    ]);
    await testChain.mine(4);
    await bookFloat(db);
    expect(await kinds()).toEqual([]);
    await testChain.test.setBalance({ address: relayer, value: has });
    expect(await runOne(db, checkFloat)).toMatchObject([{ kind: 'missing', severity: 'difference', difference: '-1000000000' }]);
    await testChain.test.setBalance({ address: relayer, value: has + parseEther('1') });
  });
});

describe('a key of the house', () => {
  test('that sent what we know nothing of is in other hands', async () => {
    await testChain.test.impersonateAccount({ address: relayer });
    await testChain.test.sendUnsignedTransaction({ from: relayer, to: relayer, value: 0n } as never);
    await testChain.mine();
    const [finding] = await runOne(db, checkKeys);
    expect(finding).toMatchObject({ kind: 'foreign_transactions', subject: `relayer ${relayer}`, severity: 'difference', difference: '1' });
    expect(finding?.explanation).toContain('stop the workers');
  });
});
