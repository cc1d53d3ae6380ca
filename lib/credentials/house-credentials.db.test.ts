import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openDatabase } from '@/lib/db';
import { seedPerson } from '@/prisma/seed/people';
import { openC2pa } from './c2pa';
import { makeLeaf, makeRoot } from './certificates';
import { openPkcs8, pemOf } from './local-key';
import { readCredentials } from './read-credentials';
import { manifestOf, noise } from './testing/fixtures';

const db = openDatabase(process.env.DATABASE_URL ?? '');
afterAll(() => db.close());
const OPERATOR = '0x00000000000000000000000000000000000000aa';
let operator: Actor;
beforeAll(async () => {
  operator = await seedPerson(db, OPERATOR);
});
beforeEach(async () => {
  vi.unstubAllEnvs();
  vi.stubEnv('OPERATOR_ADDRESSES', OPERATOR);
  vi.stubEnv('LOG_LEVEL', 'silent');
  await db.pool.query('DELETE FROM credential_certificate');
});

/** The modules as another process has them. */
async function house(settings: Record<string, string> = {}) {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  vi.resetModules();
  const [credentials, { listCertificates }, { revokeLeaf }, { replaceLeaf }, keys, rows, rewrap, signing] = await Promise.all([
    import('./house-credentials'),
    import('./queries'),
    import('./revoke-leaf'),
    import('./replace-leaf'),
    import('./signing-key'),
    import('./certificate-rows'),
    import('@/lib/keys/rewrap-keys'),
    import('./sign-credentials'),
  ]);
  const seal = async () => signing.signCredentials(await noise(16), manifestOf(), await keys.signingKey(db));
  const read = async (file: Uint8Array) => {
    const revokedSerials = (await credentials.revokedLeafs(db)).map(({ serial }) => serial);
    return readCredentials((await openC2pa()).WasmReader, file, { trustAnchorsPem: await keys.trustAnchorsPem(db), revokedSerials });
  };
  const operators = { listCertificates, revokeLeaf, replaceLeaf };
  return { ...credentials, ...operators, ...keys, seal, read, rewrap: () => rewrap.rewrapKeys(db, rows.SEALED_CREDENTIALS) };
}
const age = (days: number) => db.pool.query(`UPDATE credential_certificate SET created_at = now() - make_interval(days => $1)`, [days]);

test('a house makes one root and one leaf at first use, also where several processes start at once', async () => {
  const houses = await Promise.all([house(), house(), house(), house()]);
  const files = await Promise.all(houses.map((one) => one.seal()));
  const { rows } = await db.pool.query('SELECT role FROM credential_certificate ORDER BY role');
  expect(rows.map(({ role }) => role)).toEqual(['leaf', 'root']);
  for (const file of files) expect(await houses[0]?.read(file)).toMatchObject({ state: 'trusted', problems: [] });
});

test('the root says whose it is, and that nobody else vouches for it', async () => {
  const root = new X509Certificate(await (await house({ PUBLIC_URL: 'https://art.example' })).houseRootPem(db));
  expect(root.ca && root.checkIssued(root) && root.verify(root.publicKey)).toBe(true);
  expect(root.subject).toContain('art.example own root (vouched for by nobody else)');
});

test('a leaf is replaced after its days and loses its key; what it signed stays trusted', async () => {
  const { seal, read } = await house({ CREDENTIALS_LEAF_DAYS: '30' });
  const old = await read(await seal());
  const before = await seal();
  await age(31);
  const after = await seal();
  const [first, second] = [await read(before), await read(after)];
  expect([first.state, second.state]).toEqual(['trusted', 'trusted']);
  expect(first.manifest?.signer.serial).toBe(old.manifest?.signer.serial);
  expect(second.manifest?.signer.serial).not.toBe(old.manifest?.signer.serial);
  const { rows } = await db.pool.query(`SELECT ciphertext, wrapped_key FROM credential_certificate WHERE retired_at IS NOT NULL`);
  expect(rows).toEqual([{ ciphertext: null, wrapped_key: null }]);
});

test('a revoked leaf makes what it signed invalid for us, all operators hear of it, and the next file is signed by another', async () => {
  const { seal, read, revokeLeaf, revokedLeafs, listCertificates } = await house();
  const bad = await seal();
  const serial = (await read(bad)).manifest?.signer.serial ?? '';
  const because = 'the key was copied';
  await expect(revokeLeaf(db, operator, { serial: '12345', because })).rejects.toMatchObject({ code: 'not_found' });
  const attempts = await Promise.allSettled([1, 2, 3].map(() => revokeLeaf(db, operator, { serial, because })));
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await revokedLeafs(db)).toMatchObject([{ serial, because }]);
  expect(await read(bad)).toMatchObject({ state: 'invalid', problems: [{ code: 'intaglio.revoked' }] });
  expect(await read(await seal())).toMatchObject({ state: 'trusted' });
  const step = { by: operator.address, because };
  expect((await listCertificates(db, operator)).find((one) => one.serial === serial)).toMatchObject({ revoked: step, retired: step });
  const alert = await db.prisma.operatorAlert.findUniqueOrThrow({ where: { key: `credentials_revoked/${serial}` } });
  expect(alert.details).toMatchObject({ serial, ...step });
});

test('an operator replaces a leaf before its days are over; what it signed stays trusted, and it can be revoked later', async () => {
  const { seal, read, replaceLeaf, revokeLeaf, listCertificates } = await house();
  const before = await seal();
  const serial = (await read(before)).manifest?.signer.serial ?? '';
  await replaceLeaf(db, operator, { serial, because: 'somebody left the house' });
  await expect(replaceLeaf(db, operator, { serial, because: 'again' })).rejects.toMatchObject({ code: 'not_found' });
  expect((await read(await seal())).manifest?.signer.serial).not.toBe(serial);
  expect((await read(before)).state).toBe('trusted');
  await revokeLeaf(db, operator, { serial, because: 'they had copied it' });
  const { retired, revoked } = (await listCertificates(db, operator)).find((one) => one.serial === serial) ?? {};
  expect([retired?.because, revoked?.because]).toEqual(['somebody left the house', 'they had copied it']);
  expect((await read(before)).state).toBe('invalid');
});

test('nobody but an operator sees, replaces or revokes certificates', async () => {
  const { seal, read, replaceLeaf, revokeLeaf, listCertificates } = await house();
  const serial = (await read(await seal())).manifest?.signer.serial ?? '';
  const stranger = await seedPerson(db, '0x00000000000000000000000000000000000000cc');
  const input = { serial, because: 'because' };
  for (const attempt of [replaceLeaf(db, stranger, input), revokeLeaf(db, stranger, input), listCertificates(db, stranger)]) {
    await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
  }
  expect((await read(await seal())).manifest?.signer.serial).toBe(serial);
});

test('keys are sealed to their rows, and wrapped anew when the wrapping key changes', async () => {
  const [OLD, NEW] = ['aa'.repeat(32), 'bb'.repeat(32)];
  const before = await house({ WRAPPING_KEY: OLD });
  const file = await before.seal();
  const after = await house({ WRAPPING_KEY: NEW, WRAPPING_KEYS_BEFORE: OLD });
  await after.seal();
  expect(await after.rewrap()).toBe(2);
  const later = await house({ WRAPPING_KEY: NEW, WRAPPING_KEYS_BEFORE: '' });
  expect((await later.read(file)).state).toBe('trusted');
  await later.seal();
  await db.pool.query(
    `UPDATE credential_certificate a SET kid = b.kid, wrapped_key = b.wrapped_key, ciphertext = b.ciphertext FROM credential_certificate b WHERE a.id <> b.id`,
  );
  await expect(later.seal()).rejects.toMatchObject({ code: 'misconfigured' });
});

test('certificates of the settings sign instead, and are trusted once their authority is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'intaglio-chain-'));
  const file = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const keyPem = (pkcs8: Uint8Array) => openPkcs8(pkcs8).export({ format: 'pem', type: 'pkcs8' }).toString();
  const [root, other] = [await makeRoot('An authority'), await makeRoot('Another')];
  const leaf = await makeLeaf(root, 'A gallery');
  const settings = {
    CREDENTIALS_CHAIN_FILE: await file('chain.pem', pemOf(leaf.certificate) + pemOf(root.certificate)),
    CREDENTIALS_KEY_FILE: await file('key.pem', keyPem(leaf.privateKey)),
  };
  const alone = await house(settings);
  expect(await alone.read(await alone.seal())).toMatchObject({ state: 'valid', manifest: { signer: { name: 'A gallery', serial: leaf.serial } } });
  const known = await house({ ...settings, CREDENTIALS_ANCHORS_FILE: await file('anchors.pem', pemOf(root.certificate)) });
  expect(await known.read(await known.seal())).toMatchObject({ state: 'trusted', problems: [] });

  const wrong = await house({ ...settings, CREDENTIALS_KEY_FILE: await file('other.pem', keyPem(other.privateKey)) });
  await expect(wrong.seal()).rejects.toThrow('is not the key of the first certificate');
  const half = await house({ ...settings, CREDENTIALS_KEY_FILE: '' });
  await expect(half.seal()).rejects.toMatchObject({ code: 'misconfigured' });
  const missing = await house({ ...settings, CREDENTIALS_CHAIN_FILE: join(folder, 'nowhere.pem') });
  await expect(missing.seal()).rejects.toMatchObject({ code: 'misconfigured' });
  await rm(folder, { recursive: true });
});
