import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { deploymentsDir, testChain } from '@/lib/chain/testing/env-chain';
import { signCredentials } from '@/lib/credentials/sign-credentials';
import { manifestOf, testKey } from '@/lib/credentials/testing/fixtures';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { issueVoucher } from '@/lib/mint/issue-voucher';
import { collector, makeWork, publishOnTestChain, sendMint } from '@/lib/mint/testing/mint-fixture';
import { readRecord, writeRecord } from '@/lib/protocol/png-record';
import type { WorkRecord } from '@/lib/protocol/work-record';
import { storage } from '@/lib/storage/storage';
import type { Check } from '@/lib/verifier/schema';
import { installPacked } from './testing/install';

let installed: Awaited<ReturnType<typeof installPacked>>;
let token: { collection: string; tokenId: string };

/** The house makes and mints a work, hands out its file, and is gone. */
beforeAll(async () => {
  const url = process.env.DATABASE_URL ?? '';
  const db = openDatabase(url);
  await deployToTestChain((await platformSigner(db)).address);
  const { version } = await publishOnTestChain(db);
  const anna = await collector(db, 1);
  const workId = await makeWork(db, anna, version);
  const call = await issueVoucher(db, anna, { workId, label: 'Second state' });
  await sendMint(call, 1);
  token = { collection: call.collection, tokenId: call.tokenId };
  const file = await storage().get((await db.prisma.voucher.findUniqueOrThrow({ where: { workId } })).sealedBlob);
  installed = await installPacked(deploymentsDir);
  const { key, rootPem } = await testKey();
  const unminted = await storage().get(
    (await db.prisma.work.findUniqueOrThrow({ where: { id: await makeWork(db, anna, version) } })).sealedBlob ?? '',
  );
  const sealed = await signCredentials(unminted, manifestOf({ record: readRecord(unminted) as WorkRecord }), key);
  for (const [name, bytes] of Object.entries({ 'work.png': file, 'sealed.png': sealed, 'root.pem': rootPem })) {
    writeFileSync(join(installed.alone, name), bytes);
  }
  await db.close();
  await dropDatabase(process.env.DATABASE_OWNER_URL ?? '');
}, 120_000);
afterAll(() => installed.close());

/** This file's own, by the role that owns it: the app's may not. */
async function dropDatabase(url: string): Promise<void> {
  const admin = new URL(url);
  const name = admin.pathname.slice(1);
  admin.pathname = '/postgres';
  const client = new Client({ connectionString: admin.href });
  await client.connect();
  await client.query(`DROP DATABASE "${name}" WITH (FORCE)`);
  await client.end();
}

const json = async (...args: string[]): Promise<Check> => JSON.parse((await installed.cli(...args, '--json')).stdout);
const failed = ({ rows }: Check) => rows.filter(({ result }) => result === 'failed').map(({ id }) => id);

test('the tarball has one script, the C2PA reader beside it, and nothing else', () => {
  expect(installed.files).toEqual(['LICENSE', 'README.md', 'dist/c2pa_bg.wasm', 'dist/intaglio-verify.mjs', 'package.json']);
});

test('with the database dropped and nothing but file and node, the token follows from the file and everything holds', async () => {
  const { code, stdout } = await installed.cli('work.png', '--rpc', testChain.url);
  expect([code, stdout]).toEqual([0, expect.stringContaining('VERIFIED: Every link holds, from the pixels of this file to its token.')]);
  const check = await json('work.png', '--rpc', testChain.url);
  expect(check.found).toMatchObject({ tokenId: token.tokenId, owner: testChain.wallet(1).account.address.toLowerCase() });
  expect(check.rows.filter(({ result }) => result === 'ok').map(({ id }) => id)).toEqual(
    expect.arrayContaining(['content', 'signature', 'version', 'factory', 'creator', 'token', 'minted', 'owner']),
  );
});

test('the token asked about has to be the file’s', async () => {
  const of = (tokenId: string) => json('work.png', '--rpc', testChain.url, '--token', `${token.collection}/${tokenId}`);
  expect((await of(token.tokenId)).verdict).toBe('verified');
  expect(failed(await of('12'))).toEqual(['token', 'minted', 'owner']);
});

test('a token without its file is said to exist, and not to be verified', async () => {
  const { code, stdout } = await installed.cli('--token', `${token.collection}/${token.tokenId}`, '--rpc', testChain.url);
  expect([code, stdout]).toEqual([1, expect.stringContaining('The token exists in a collection of ours.')]);
});

test('Content Credentials are read by the reader in the tarball: trusted with the root, whole without, and broken by one byte', async () => {
  const credentials = async (...args: string[]) => (await json(...args, '--rpc', testChain.url)).rows.find(({ id }) => id === 'credentials');
  expect(await credentials('sealed.png', '--roots', 'root.pem')).toMatchObject({
    result: 'ok',
    meaning: expect.stringContaining('somebody this verifier knows'),
  });
  expect(await credentials('sealed.png')).toMatchObject({ result: 'ok', meaning: expect.stringContaining('By whom is not known here') });
  expect(await credentials('sealed.png', '--no-credentials')).toMatchObject({ result: 'not_checked' });
  const sealed = readFileSync(join(installed.alone, 'sealed.png'));
  const record = readRecord(sealed) as WorkRecord;
  writeFileSync(join(installed.alone, 'changed.png'), writeRecord(sealed, { ...record, base: `${record.base}x/` }));
  expect(await credentials('changed.png', '--roots', 'root.pem')).toMatchObject({ result: 'failed' });
});

test('what a certificate signed that the house’s list has as revoked is broken, and no other list is taken for it', async () => {
  const { found } = await json('sealed.png', '--roots', 'root.pem', '--rpc', testChain.url);
  const { serial } = found.credentials?.manifest?.signer ?? {};
  const list = (serials: unknown[]) =>
    JSON.stringify({ revoked: serials.map((one) => ({ serial: one, revokedAt: new Date(0), because: 'copied' })) });
  for (const [name, text] of Object.entries({ 'others.json': list(['1']), 'revoked.json': list(['1', serial]), 'broken.json': '{"revoked":[1]}' })) {
    writeFileSync(join(installed.alone, name), text);
  }
  const withList = (...lists: string[]) =>
    json('sealed.png', '--roots', 'root.pem', '--rpc', testChain.url, ...lists.flatMap((name) => ['--revoked', name]));
  expect((await withList('others.json')).verdict).toBe('verified');
  const revoked = await withList('others.json', 'revoked.json');
  expect([revoked.verdict, failed(revoked)]).toEqual(['broken', ['credentials']]);
  for (const args of [
    ['--revoked', 'broken.json'],
    ['--revoked', 'none.json'],
    ['--revoked', 'revoked.json', '--no-credentials'],
  ]) {
    expect(await installed.cli('sealed.png', ...args)).toMatchObject({ code: 2, stderr: expect.stringContaining('Usage:') });
  }
});

test('a damaged file, no node, and wrong usage each have their exit code', async () => {
  writeFileSync(join(installed.alone, 'not.png'), 'no picture');
  expect(await installed.cli('not.png', '--rpc', testChain.url)).toMatchObject({ code: 1, stdout: expect.stringContaining('FAILED') });
  expect(await installed.cli('work.png')).toMatchObject({ code: 1, stdout: expect.stringContaining('NOT KNOWN') });
  expect(await installed.cli('work.png', '--rpc', 'http://127.0.0.1:1')).toMatchObject({ code: 1, stdout: expect.stringContaining('NOT KNOWN') });
  for (const args of [[], ['missing.png'], ['work.png', '--token', '12'], ['work.png', '--nothing'], ['work.png', '--opening', 'not.png']]) {
    expect(await installed.cli(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining('Usage:') });
  }
});
