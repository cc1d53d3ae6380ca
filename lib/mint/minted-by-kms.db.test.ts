import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { startTestKms } from '@/lib/keys/testing/test-kms';
import { isReceipt, whatFails } from '@/lib/protocol/testing/check-receipt-file';
import { verifyFile } from '@/lib/provenance/verify-file';
import { verifyReceipt } from '@/lib/provenance/verify-receipt';
import { storage } from '@/lib/storage/storage';
import { readReceipt } from '@/lib/works/read-receipt';
import type { KmsStandIn } from '@/scripts/standins/kms/server';
import { chainHandlers } from './chain-handlers';
import { issueVoucher } from './issue-voucher';
import { collector, makeWork, publishOnTestChain, sendMint } from './testing/mint-fixture';

// Version key and platform key are in KMS: a work made, minted by the real contracts and verified without a private key in our hands.
const db = openDatabase(process.env.DATABASE_URL ?? '');
let kms: KmsStandIn;
let anna: Actor;
let workId: string;
beforeAll(async () => {
  kms = await startTestKms('version,platform');
  await deployToTestChain((await platformSigner(db)).address);
  const { version } = await publishOnTestChain(db);
  anna = await collector(db, 1);
  workId = await makeWork(db, anna, version);
});
afterAll(async () => {
  await db.close();
  await kms.close();
});

test('the contracts take receipt and voucher that KMS signed with a high s, and every link of the file holds', async () => {
  kms.fail('Sign', 'high s');
  const call = await issueVoucher(db, anna, { workId, label: 'First state' });
  expect((await sendMint(call, 1)).status).toBe('success');
  await createIndexer({ handlers: chainHandlers }).run(db);
  const { sealedBlob } = await db.prisma.voucher.findUniqueOrThrow({ where: { workId } });
  const report = await verifyFile(db, await storage().get(sealedBlob));
  expect(report).toMatchObject({ verdict: 'verified', tokens: [{ tokenId: call.tokenId, owner: anna.address }] });
  expect(report.rows.filter(({ result }) => result === 'failed')).toEqual([]);
  expect(await db.prisma.sealedKey.count({ where: { kmsKeyId: null } })).toBe(0);
});

test('its receipt says that a key service signed, and holds here and by other people’s libraries', async () => {
  const { file } = await readReceipt(db, anna, workId);
  expect(file.signer).toMatchObject({ kind: 'kms', custody: 'platform' });
  expect([isReceipt(file), isReceipt.errors, await whatFails(file)]).toEqual([true, null, null]);
  const { rows } = await verifyReceipt(db, JSON.parse(JSON.stringify(file)));
  expect(rows.filter(({ id }) => ['receipt', 'signature', 'version'].includes(id)).map(({ result }) => result)).toEqual(['ok', 'ok', 'ok']);
  expect(rows.filter(({ result }) => result === 'failed')).toEqual([]);
});
