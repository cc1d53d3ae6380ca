import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { cidText } from '@/lib/protocol/cid';
import { fileCid } from '@/lib/protocol/file-cid';

import { storage } from '@/lib/storage/storage';
import { checkWork } from '@/lib/verifier/check-work';
import { failWritesOf } from '@/lib/works/testing/fail-writes';
import { worksIn } from '@/lib/works/testing/make-works';
import { revokeMeanwhile } from '@/lib/works/testing/revoke-meanwhile';
import { chainHandlers } from './chain-handlers';
import { issueVoucher } from './issue-voucher';
import { collector, makeWork, publishOnTestChain, sendMint, type TestModel } from './testing/mint-fixture';

// Each claim signs a file of its own: what a voucher names must be the bytes that are stored.
const OPERATOR = `0x${'0a'.repeat(20)}` as const;
vi.stubEnv('OPERATOR_ADDRESSES', OPERATOR);

const db = openDatabase(process.env.DATABASE_URL ?? '');
const folder = mkdtempSync(join(tmpdir(), 'claims-'));
const { make, fileOf, read } = worksIn(db);
const storedFiles = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
let model: TestModel;
let anna: Actor;
let ben: Actor;

beforeAll(async () => {
  vi.stubEnv('STORAGE_DIR', folder);
  await deployToTestChain((await platformSigner(db)).address);
  model = await publishOnTestChain(db);
  [anna, ben] = [await collector(db, 1), await collector(db, 2)];
});
afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

/** The voucher's file says what the voucher says: its CID, its title in record and credentials, and the token id that follows from it alone. */
async function expectWhole(workId: string, label: string): Promise<Buffer> {
  const voucher = await db.prisma.voucher.findUniqueOrThrow({ where: { workId } });
  const file = await storage().get(voucher.sealedBlob);
  expect(cidText(await fileCid(file))).toBe(voucher.imageCid);
  expect(voucher.metadata).toContain(`ipfs://${voucher.imageCid}`);
  const found = await read(file);
  expect(found).toMatchObject({
    state: 'trusted',
    problems: [],
    manifest: { title: label },
    record: { label, traits: voucher.traits, evolve: '0x' },
  });
  expect((await checkWork({ file, trust: { factories: {} } })).found.tokenId).toBe(voucher.tokenId);
  return file;
}

test('of several claims at once one voucher stands, over the file of that claim', async () => {
  const workId = await makeWork(db, anna, model.version);
  const calls = await Promise.all(['One', 'Two', 'Three', 'Four'].map((label) => issueVoucher(db, anna, { workId, label })));
  expect(new Set(calls.map(({ tokenId, label }) => `${tokenId} ${label}`)).size).toBe(1);
  await expectWhole(workId, calls[0]?.label ?? '');
});

test('a claim that dies between the file and the voucher can be made again, with another title', async () => {
  const workId = await makeWork(db, anna, model.version);
  const mend = await failWritesOf(process.env.DATABASE_OWNER_URL, 'voucher');
  await expect(issueVoucher(db, anna, { workId, label: 'Lost' })).rejects.toThrow('the process died');
  await mend();
  await issueVoucher(db, anna, { workId, label: 'Found' });
  const first = await expectWhole(workId, 'Found');
  await issueVoucher(db, anna, { workId, label: 'Later' });
  expect(await expectWhole(workId, 'Found')).toEqual(first);
});

test('a claim whose certificate was revoked meanwhile is sealed again, and the voucher is over that file', async () => {
  const workId = await makeWork(db, anna, model.version);
  revokeMeanwhile(db, { ...anna, address: OPERATOR });
  await issueVoucher(db, anna, { workId, label: 'Twice sealed' });
  expect(await db.prisma.credentialCertificate.count({ where: { NOT: { revokedAt: null } } })).toBe(1);
  await expectWhole(workId, 'Twice sealed');
});

test('asking again and again for what somebody else has claimed stores nothing', async () => {
  const [annas, bens] = [await makeWork(db, anna, model.version, 5n), await makeWork(db, ben, model.version, 5n)];
  await issueVoucher(db, anna, { workId: annas, label: 'First' });
  const before = storedFiles();
  for (let i = 0; i < 3; i++) {
    await expect(issueVoucher(db, ben, { workId: bens, label: 'Second' })).rejects.toMatchObject({ code: 'duplicate_content' });
    await issueVoucher(db, anna, { workId: annas, label: 'Again' });
  }
  expect(storedFiles()).toBe(before);
});

test('a work made from a token carries the credentials of the token’s file, title and all', async () => {
  const parent = await makeWork(db, anna, model.version);
  const call = await issueVoucher(db, anna, { workId: parent, label: 'Ancestor' });
  expect((await sendMint(call, 1)).status).toBe('success');
  await createIndexer({ handlers: chainHandlers }).run(db);
  const child = await fileOf(await make(ben, model.version, { parentWorkId: parent }));
  const { state, ingredients } = await read(child);
  expect([state, ingredients.find(({ hasCredentials }) => hasCredentials)?.title]).toEqual(['trusted', 'Ancestor']);
  expect(child.includes('"label":"Ancestor"')).toBe(true);
});
