import { Wallet } from 'ethers';
import { type Hex, numberToHex } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noise } from '@/lib/credentials/testing/fixtures';
import { writeRecord } from '@/lib/protocol/png-record';
import { receiptDigest } from '@/lib/protocol/receipt';
import { receiptOf } from '@/lib/protocol/work-record';
import { checkToken } from './check-token';
import { checkWork } from './check-work';
import type { Check, CheckInput, LinkId } from './schema';
import { grownFrom, growToken } from './testing/grow-token';
import { openTestHouse, type TestHouse } from './testing/house';
import { makeDrop } from './testing/make-drop';
import { makeTestWork, mintTestWork } from './testing/make-work';
import { seededRandom } from './testing/random';

const random = seededRandom(12);
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
}, 60_000);
afterAll(() => house.close());

const check = (file: Uint8Array, over: Partial<CheckInput> = {}) => checkWork({ file, trust: house.trust, chain: house.reader, ...over });
const row = ({ rows }: Check, id: LinkId) => rows.find((one) => one.id === id);
const failed = ({ rows }: Check) => rows.filter(({ result }) => result === 'failed').map(({ id }) => id);

describe('the signature of a receipt', () => {
  test('made by ethers, which shares no code with ours, is the version key’s', async () => {
    const wallet = Wallet.createRandom();
    const version = house.version({ name: 'Signed elsewhere' }, 'unused');
    await house.addVersion(version, wallet.address as Hex);
    const work = await makeTestWork(house, random, { version });
    const { receipt, collection, chainId } = work.record;
    const domain = { name: 'Intaglio', version: '1', chainId, verifyingContract: collection };
    const bytes32 = (name: string) => ({ name, type: 'bytes32' });
    const Receipt = [bytes32('version'), { name: 'seed', type: 'uint64' }, ...['paramsHash', 'promptHash', 'content', 'parent'].map(bytes32)];
    const signature = (await wallet.signTypedData(domain, { Receipt }, receipt)) as Hex;
    expect(failed(await check(work.file))).toEqual(['signature']);
    expect(await check(writeRecord(work.file, { ...work.record, signature }))).toMatchObject({ verdict: 'verified' });
  });

  test('is whatever an account that is a contract accepts, and nothing else', async () => {
    const version = house.version({ name: 'By an account' }, 'owner of the account');
    const account = random.hex(20);
    await house.addVersion(version, account);
    const work = await makeTestWork(house, random, { version });
    const hash = receiptDigest(house.chainId, house.collection, receiptOf(work.record));
    // isValidSignature: the magic value where the digest is this one.
    await house.chain.test.setCode({ address: account, bytecode: `0x6004357f${hash.slice(2)}14631626ba7e60e01b0260005260206000f3` });
    const file = writeRecord(work.file, { ...work.record, signature: '0x1234' });
    expect(row(await check(file), 'signature')).toMatchObject({ result: 'ok', detail: expect.stringContaining('ERC-1271') });
    const other = writeRecord(file, { ...work.record, signature: '0x1234', receipt: { ...work.record.receipt, seed: '7' } });
    expect(failed(await check(other))).toContain('signature');
  });
});

test('a file without a record leaves every link of one unchecked, in the order in which all are shown', async () => {
  const { rows } = await check(await noise(8));
  const file = ['file', 'record', 'content', 'params', 'prompt', 'receipt'];
  const chain = ['signature', 'version', 'factory', 'creator', 'custody', 'image', 'token', 'minted', 'owner', 'parent', 'evolution'];
  expect(rows.map(({ id }) => id)).toEqual([...file, ...chain, 'credentials', 'grade']);
  expect(rows.filter(({ result }) => result !== 'not_checked').map(({ id }) => id)).toEqual(['file', 'record']);
});

describe('a work of a drop', () => {
  test('is proven by the batch that the version’s key signed, and is the token of its number', async () => {
    const works = await makeDrop(house, random, 3);
    const first = await check(works[0]?.file ?? new Uint8Array());
    expect([first.verdict, failed(first), row(first, 'batch')?.result, row(first, 'owner')?.result]).toEqual(['verified', [], 'ok', 'ok']);
    expect(first.summary).toBe(
      'Every link holds, from the pixels of this file to its place in the drop, which is a token. That the token shows this very file was not checked.',
    );
    const unsold = await check(works[2]?.file ?? new Uint8Array());
    expect([unsold.verdict, row(unsold, 'owner')?.result]).toEqual(['verified', 'not_checked']);
    const { file, record } = works[1] as (typeof works)[number];
    const swapped = writeRecord(file, { ...record, batch: { ...(record.batch as NonNullable<typeof record.batch>), index: 0 } });
    expect(failed(await check(swapped))).toEqual(['minted', 'batch']);
    const cut = writeRecord(file, { ...record, batch: { ...(record.batch as NonNullable<typeof record.batch>), proof: [random.hex(32)] } });
    expect(failed(await check(cut))).toEqual(['minted', 'batch']);
  });
});

describe('a dynamic token', () => {
  test('is checked from any of its records to the newest, by the files of the steps', async () => {
    const first = await grownFrom(await makeTestWork(house, random, { evolve: 'evolves' }));
    await mintTestWork(house, first);
    expect(row(await check(first.file), 'evolution')).toMatchObject({ result: 'ok', detail: 'No step yet.' });
    const second = await growToken(house, random, first, first);
    const third = await growToken(house, random, first, second);
    expect(row(await check(first.file), 'evolution')?.result).toBe('not_checked');
    const all = [third.file, second.file];
    expect(row(await check(first.file, { related: all }), 'evolution')).toMatchObject({ result: 'ok', detail: expect.stringContaining('2 records') });
    const newest = await check(third.file, { related: [second.file] });
    expect([newest.verdict, row(newest, 'evolution')?.result, row(newest, 'parent')?.result]).toEqual(['verified', 'ok', 'ok']);
    const forged = writeRecord(third.file, { ...third.record, label: 'Forged' });
    const unproven = await check(forged);
    expect([unproven.verdict, row(unproven, 'evolution')?.result]).toEqual(['unknown', 'not_checked']);
  });
});

describe('a token without its file', () => {
  test('exists, is in a collection of ours, and shows its own record; that is all that is said', async () => {
    const work = await grownFrom(await makeTestWork(house, random));
    await mintTestWork(house, work);
    const asked = { chain: house.reader, trust: house.trust, collection: house.collection, tokenId: work.token.tokenId };
    const found = await checkToken(asked);
    expect([found.verdict, failed(found), row(found, 'factory')?.result, row(found, 'owner')?.result]).toEqual(['unknown', [], 'ok', 'ok']);
    expect(failed(await checkToken({ ...asked, metadata: '{"name":"other"}' }))).toEqual(['token']);
    expect(failed(await checkToken({ ...asked, tokenId: numberToHex(1, { size: 32 }) }))).toEqual(['owner']);
    expect(failed(await checkToken({ ...asked, collection: random.hex(20) }))).toEqual(['factory']);
  });
});

describe('other tokens of the same', () => {
  test('are found by the content in the chain’s logs', async () => {
    const work = await makeTestWork(house, random);
    await mintTestWork(house, work);
    expect(row(await check(work.file, { findCopies: { fromBlock: 0n } }), 'copies')).toMatchObject({ result: 'ok', detail: 'None.' });
    const relabelled = writeRecord(work.file, { ...work.record, label: 'A second title' });
    await mintTestWork(house, { ...work, file: relabelled, record: { ...work.record, label: 'A second title' } });
    expect(row(await check(work.file, { findCopies: { fromBlock: 0n } }), 'copies')?.result).toBe('failed');
  });
});

test('a node that answers nonsense, or not at all, leaves links unchecked and breaks none', async () => {
  const { file } = await makeTestWork(house, random);
  const answers: CheckInput['chain'][] = [
    undefined,
    { ...house.reader, chainId: async () => 1 },
    { ...house.reader, call: async () => '0x' },
    { ...house.reader, call: async () => Promise.reject(new Error('no')) },
    { ...house.reader, call: async () => '0x01' },
  ];
  for (const chain of answers) {
    const { verdict, rows } = await checkWork({ file, trust: house.trust, chain });
    expect([verdict, rows.filter(({ result }) => result === 'failed')]).toEqual(['unknown', []]);
  }
});
