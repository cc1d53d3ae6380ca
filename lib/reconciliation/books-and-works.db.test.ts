import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { openAccount } from '@/lib/credits/accounts';
import { releaseHold } from '@/lib/credits/capture-hold';
import { holdCredits } from '@/lib/credits/hold-credits';
import { mustPost } from '@/lib/credits/post-transfer';
import { inTransaction, openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { newId } from '@/lib/ids';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { chainHandlers } from '@/lib/mint/chain-handlers';
import { issueVoucher } from '@/lib/mint/issue-voucher';
import { collector, makeWork, publishOnTestChain, sendMint, type TestModel } from '@/lib/mint/testing/mint-fixture';
import { refundRuns } from '@/lib/protection/refund-runs';
import { storage } from '@/lib/storage/storage';
import { refundUnsealed } from '@/lib/works/refund-unsealed';
import { grantCredits } from '@/prisma/seed/people';
import { checkHolds } from './books/check-holds';
import { checkLedger } from './books/check-ledger';
import type { Check } from './finding';
import { asOwner } from './testing/as-owner';
import { runOne } from './testing/run-one';
import { checkFiles } from './works/check-files';
import { checkRefunds } from './works/check-refunds';
import { checkRuns } from './works/check-runs';
import { checkTokens } from './works/check-tokens';

const db = openDatabase(process.env.DATABASE_URL ?? '');
let model: TestModel;
let anna: Actor;
let work: string;
let minted: string;

/** Plants a contradiction, makes the check, takes it out again, and makes sure that the check is quiet then. */
async function planted(check: Check, plant: string, undo: string, values: unknown[] = [work]) {
  expect(await asOwner(plant, values)).toBeGreaterThan(0);
  const findings = await runOne(db, check);
  expect(await asOwner(undo, values)).toBeGreaterThan(0);
  expect(await runOne(db, check)).toEqual([]);
  return findings;
}

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  model = await publishOnTestChain(db);
  anna = await collector(db, 1);
  work = await makeWork(db, anna, model.version);
  minted = await makeWork(db, anna, model.version);
  await sendMint(await issueVoucher(db, anna, { workId: minted, label: 'Proof' }), 1);
  await createIndexer({ handlers: chainHandlers }).run(db);
});
afterAll(() => db.close());

test('works that were paid, delivered and minted as they should leave nothing to say', async () => {
  for (const check of [checkLedger, checkHolds, checkRuns, checkFiles, checkRefunds, checkTokens]) expect(await runOne(db, check)).toEqual([]);
});

describe('the books', () => {
  test('a balance that was changed by hand is found, and by how much', async () => {
    const account = `(SELECT id FROM ledger.account WHERE kind = 'collector_bonus' AND owner = $1 ORDER BY id LIMIT 1)`;
    const findings = await planted(
      checkLedger,
      `UPDATE ledger.account SET credits_posted = credits_posted + 700 WHERE id = ${account}`,
      `UPDATE ledger.account SET credits_posted = credits_posted - 700 WHERE id = ${account}`,
      [anna.userId],
    );
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'credits', severity: 'difference', difference: '700', unit: 'millicredits' }));
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'sum', expected: '0', actual: '700' }));
  });

  test('a line of a statement that is missing is found', async () => {
    const purse = `(SELECT id FROM ledger.purse WHERE owner = $1)`;
    const findings = await planted(
      checkLedger,
      `UPDATE ledger.entry SET change = change + 1 WHERE purse_id = ${purse} AND seq = 1`,
      `UPDATE ledger.entry SET change = change - 1 WHERE purse_id = ${purse} AND seq = 1`,
      [anna.userId],
    );
    expect(findings.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['entries', 'running_balance']));
  });
});

describe('credits set aside', () => {
  test('for nothing that is under way are found', async () => {
    await grantCredits(db, anna, 900n);
    const id = newId();
    await holdCredits(db.pool, { id, userId: anna.userId, amountMillicredits: 900n, ttlSeconds: 600 });
    expect(await runOne(db, checkHolds)).toMatchObject([{ kind: 'without_owner', subject: `hold ${id}`, severity: 'difference', actual: '900' }]);
    await releaseHold(db.pool, id);
    expect(await runOne(db, checkHolds)).toEqual([]);
  });
});

describe('a run', () => {
  test('that was paid and whose work is gone is found', async () => {
    await asOwner('CREATE TABLE kept AS SELECT * FROM work');
    const [finding] = await planted(checkRuns, 'DELETE FROM work WHERE id = $1', 'INSERT INTO work SELECT * FROM kept WHERE id = $1');
    expect(finding).toMatchObject({ kind: 'contradiction', subject: `run ${work}`, severity: 'difference' });
    expect(finding?.explanation).toContain('paid and has no work');
  });

  test('that failed and was charged all the same is found', async () => {
    const [fail, capture] = [`UPDATE generation SET state = 'failed' WHERE id = $1`, `UPDATE generation SET state = 'captured' WHERE id = $1`];
    const findings = await planted(checkRuns, fail, capture);
    expect(findings.map(({ kind }) => kind).sort()).toEqual(['charged_for_nothing', 'contradiction']);
  });

  test('that moved another amount than its price is found, share by share', async () => {
    const findings = await planted(
      checkRuns,
      `UPDATE ledger.transfer SET amount = amount + 5 WHERE ref = $1 AND code = 'run_fee'`,
      `UPDATE ledger.transfer SET amount = amount - 5 WHERE ref = $1 AND code = 'run_fee'`,
    );
    expect(findings.map(({ kind, difference }) => [kind, difference]).sort()).toEqual([
      ['wrong_platform_fee', '5'],
      ['wrong_price', '5'],
    ]);
  });

  test('whose earnings went to somebody else is found', async () => {
    const other = await openAccount(db.pool, 'creator_available', newId());
    const findings = await planted(
      checkRuns,
      `UPDATE ledger.transfer SET credit_id = ${other} WHERE ref = $1 AND code = 'run_creator'`,
      `UPDATE ledger.transfer SET credit_id = (SELECT id FROM ledger.account WHERE kind = 'creator_available' AND owner = '${model.creator.userId}')
        WHERE ref = $1 AND code = 'run_creator'`,
    );
    expect(findings).toMatchObject([{ kind: 'wrong_party', subject: `run ${work}` }]);
  });
});

describe('a work', () => {
  test('whose file is gone is found, and one whose token’s file is', async () => {
    const { sealedBlob } = await db.prisma.work.findUniqueOrThrow({ where: { id: work } });
    const voucher = await db.prisma.voucher.findUniqueOrThrow({ where: { workId: minted } });
    for (const [id, digest] of [
      [work, sealedBlob ?? ''],
      [minted, voucher.sealedBlob],
    ] as const) {
      const bytes = await storage().get(digest);
      rmSync(join(env.STORAGE_DIR, digest.slice(0, 2), digest.slice(2, 4), digest));
      expect(await runOne(db, checkFiles)).toMatchObject([{ kind: 'file_missing', subject: `work ${id}`, severity: 'difference' }]);
      await storage().put(bytes);
      expect(await runOne(db, checkFiles)).toEqual([]);
    }
  });

  test('that is being sealed is in flight, and a difference when it is not refunded after the hour', async () => {
    const unsealed = await makeWork(db, anna, model.version, undefined, false);
    expect(await runOne(db, checkFiles)).toMatchObject([{ kind: 'unsealed', severity: 'in_flight' }]);
    await db.prisma.work.update({ where: { id: unsealed }, data: { capturedAt: new Date(Date.now() - 70 * 60_000) } });
    expect(await runOne(db, checkFiles)).toMatchObject([{ kind: 'unsealed', severity: 'difference' }]);
    await refundUnsealed(db);
    expect(await runOne(db, checkFiles)).toEqual([]);
    expect(await runOne(db, checkRefunds)).toEqual([]);
    const findings = await planted(
      checkRefunds,
      'UPDATE work SET refunded_at = NULL WHERE id = $1',
      'UPDATE work SET refunded_at = now() WHERE id = $1',
      [unsealed],
    );
    expect(findings).toMatchObject([{ kind: 'refund_without_work', difference: '2000' }]);
  });

  test('that was taken back without its price given back is found', async () => {
    const findings = await planted(
      checkRefunds,
      'UPDATE work SET refunded_at = now() WHERE id = $1',
      'UPDATE work SET refunded_at = NULL WHERE id = $1',
    );
    expect(findings).toMatchObject([{ kind: 'wrong_refund', expected: '2000', actual: '0' }]);
  });
});

describe('a token', () => {
  test('of a receipt that no work has is found', async () => {
    const findings = await planted(
      checkTokens,
      `UPDATE token SET receipt_digest = 'x' || receipt_digest WHERE receipt_digest = (SELECT receipt_digest FROM work WHERE id = $1)`,
      `UPDATE token SET receipt_digest = substr(receipt_digest, 2) WHERE receipt_digest = (SELECT 'x' || receipt_digest FROM work WHERE id = $1)`,
      [minted],
    );
    expect(findings).toMatchObject([{ kind: 'token_without_work', severity: 'difference' }]);
  });

  test('and a voucher that say something else than the work are found', async () => {
    const findings = await planted(
      checkTokens,
      `UPDATE voucher SET content = 'x' || content WHERE work_id = $1`,
      `UPDATE voucher SET content = substr(content, 2) WHERE work_id = $1`,
      [minted],
    );
    expect(findings).toMatchObject([{ kind: 'voucher_differs', subject: `voucher of work ${minted}` }]);
  });
});

test('a share that a creator gave back is a refund with a reason, and leaves nothing to say', async () => {
  const { model: own } = await db.prisma.modelVersion.findUniqueOrThrow({
    where: { digest: model.version },
    include: { model: { include: { creator: true } } },
  });
  const creator: Actor = { userId: own.creator.id, address: own.creator.address as Actor['address'] };
  const before = await runOne(db, checkLedger);
  expect(await refundRuns(db, creator, { id: newId(), model: own.slug, address: anna.address, runs: 1 })).toEqual({ refunded: 1 });
  expect(await runOne(db, checkLedger)).toEqual(before);
  for (const check of [checkRuns, checkRefunds]) expect(await runOne(db, check)).toEqual([]);
});

test('credits moved for no reason that we know do not hide in a refund', async () => {
  await grantCredits(db, anna, 500n);
  const ref = newId();
  const [debit, credit] = [
    await openAccount(db.pool, 'write_off', 'house'),
    await openAccount(db.pool, 'collector_bonus', anna.userId, { sub: ref }),
  ];
  await inTransaction(db.pool, (tx) => mustPost(tx, { ref, debit, credit, amountMillicredits: 10n, code: 'run_refund' }));
  expect(await runOne(db, checkRefunds)).toMatchObject([{ kind: 'refund_without_work', subject: `refund ${ref}` }]);
});
