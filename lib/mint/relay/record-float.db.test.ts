import { type Hex, parseEther } from 'viem';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { approveCorrection } from '@/lib/corrections/approve-correction';
import { proposeCorrection } from '@/lib/corrections/propose-correction';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { houseKey, platformSigner } from '@/lib/keys/sealed-keys';
import { seedPerson } from '@/prisma/seed/people';
import { bookFloat, CONFIRMATIONS, fundRelayer, gweiOf } from '../testing/relay-fixture';

const FIRST = '0x14dC79964da2C08b23698B3D3cc7Ca32193d9955';
const SECOND = '0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f';
vi.stubEnv('OPERATOR_ADDRESSES', `${FIRST},${SECOND}`);

const db = openDatabase(process.env.DATABASE_URL ?? '');
let first: Actor;
let second: Actor;
let relayer: Hex;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  first = await seedPerson(db, FIRST);
  second = await seedPerson(db, SECOND);
  relayer = (await houseKey(db, 'relayer')).signer.address;
  await fundRelayer(db);
});
afterEach(async () => expect(await auditBooks(db)).toEqual([]));
afterAll(() => db.close());

const has = () => testChain.client.getBalance({ address: relayer });
/** Gives the relayer ETH, or takes it from it without a transaction of ours. */
async function change(byWei: bigint): Promise<void> {
  await testChain.test.setBalance({ address: relayer, value: (await has()) + byWei });
  await testChain.mine(CONFIRMATIONS + 1);
  await bookFloat(db);
}
const alerts = () => db.prisma.operatorAlert.findMany({ where: { kind: 'relayer_eth_left' }, orderBy: { createdAt: 'desc' } });
const agrees = async () => (await gweiOf(db, 'relayer_float')) === (await has()) / 1_000_000_000n;

/** Two operators book what is gone. */
async function bookLeft(gwei: string): Promise<void> {
  const id = newId();
  const [debit, credit] = [
    { kind: 'relayer_float', owner: 'house', sub: '' },
    { kind: 'float_source', owner: 'house', sub: '' },
  ] as const;
  await proposeCorrection(db, first, { id, debit, credit, amount: gwei, reason: 'Moved by hand to the cold wallet' });
  await approveCorrection(db, second, { id });
}

test('ETH that left otherwise is told once with its amount, and the books agree when two operators have booked it', async () => {
  await change(-parseEther('2'));
  await bookFloat(db);
  expect(await alerts()).toMatchObject([{ details: { chainId: 31_337, gwei: '2000000000' } }]);
  expect(await agrees()).toBe(false);
  await bookLeft('2000000000');
  expect(await agrees()).toBe(true);
  await bookFloat(db);
  expect(await agrees()).toBe(true);
  expect((await alerts()).length).toBe(1);
});

test('what it is given next is all of it booked as given, also when that is what had left', async () => {
  await change(-parseEther('2'));
  await bookLeft('2000000000');
  await change(parseEther('2'));
  expect(await agrees()).toBe(true);
  await change(parseEther('3'));
  expect(await agrees()).toBe(true);
});

test('given more before that was booked, the books agree all the same once it is', async () => {
  const before = (await alerts()).length;
  await change(-parseEther('1'));
  await change(parseEther('4'));
  await bookLeft('1000000000');
  await bookFloat(db);
  expect(await agrees()).toBe(true);
  expect((await alerts()).length).toBe(before + 1);
});
