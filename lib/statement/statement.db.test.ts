import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { approveCorrection } from '@/lib/corrections/approve-correction';
import { proposeCorrection } from '@/lib/corrections/propose-correction';
import { writeOffDebt } from '@/lib/corrections/write-off-debt';
import { accountOf, openAccount } from '@/lib/credits/accounts';
import { captureHold, releaseHold } from '@/lib/credits/capture-hold';
import { creditCollector } from '@/lib/credits/credit-collector';
import { holdCredits } from '@/lib/credits/hold-credits';
import { auditBooks } from '@/lib/credits/queries';
import { refundCapture } from '@/lib/credits/refund-capture';
import { takeBack } from '@/lib/credits/take-back';
import { inTransaction, openDatabase } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { listGenerations } from '@/lib/generations/queries';
import { quote } from '@/lib/generations/quote';
import { createRunGeneration } from '@/lib/generations/run-generation';
import { startGenerations } from '@/lib/generations/start-generations';
import { newId } from '@/lib/ids';
import { localAdapter } from '@/lib/inference/local-adapter';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedPixels, seedTestModel } from '@/prisma/seed/test-model';
import { createTestDatabase, type TestDatabase } from '@/scripts/lib/test-database';
import { exportLines } from './export-lines';
import { getCardReceipt } from './get-card-receipt';
import { getDepositReceipt } from './get-deposit-receipt';
import { listDebt } from './list-debt';
import { listLines } from './list-lines';
import { listOpenHoldLines } from './list-open-holds';
import { statementFilter } from './schema';

const FIRST = '0x00000000000000000000000000000000000000f1';
const SECOND = '0x00000000000000000000000000000000000000f2';
vi.stubEnv('OPERATOR_ADDRESSES', `${FIRST},${SECOND}`);

let own: TestDatabase;
let db: ReturnType<typeof openDatabase>;
let version: Hex;
const folder = mkdtempSync(join(tmpdir(), 'intaglio-statement-'));
process.env.STORAGE_DIR = folder;
const context = () => ({ db, signal: new AbortController().signal, attempt: 1, maxAttempts: 10 });
const person = () => seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
const filter = (input: object = {}) => statementFilter.parse(input);

beforeAll(async () => {
  own = await createTestDatabase();
  db = openDatabase(own.url);
  version = (await seedTestModel(db, await person())).digest;
});
afterAll(async () => {
  // Some holds here stand for a run or a transaction that was left out; the books themselves are whole.
  expect((await auditBooks(db)).filter(({ what }) => !/^(run|relay) /.test(what))).toEqual([]);
  await db.close();
  await own.drop();
  rmSync(folder, { recursive: true });
});

async function start(actor: Actor): Promise<string> {
  const { token, quoteId } = await quote(db, actor, { version, prompt: 'private', params: {}, seed: null, count: 1 });
  await startGenerations(db, actor, { token });
  return (await listGenerations(db, actor, { quoteId }))[0]?.id ?? '';
}
const deliver = (id: string, adapter = seedPixels) => createRunGeneration(db, { test: adapter })({ id }, context());

/** A payment at the till, as the indexer leaves it. */
async function deposit(actor: Actor, amountMillicredits: bigint, txHash = `0x${randomBytes(32).toString('hex')}`): Promise<string> {
  const ref = newId();
  await inTransaction(db.pool, async (tx) => {
    const debit = await openAccount(tx, 'till_clearing', 'house');
    await creditCollector(tx, { ref, userId: actor.userId, bucket: 'onchain', debit, amountMillicredits, code: 'deposit' });
    await tx.query(
      `INSERT INTO deposit (chain_id, block_hash, tx_hash, ordinal, block_number, payer, memo, amount, state, user_id, millicredits, transfer_ref, at)
       VALUES (31337, $1, $1, 0, 1, $2, $1, 2000000000000000, 'credited', $3, $4, $5, now())`,
      [txHash, actor.address, actor.userId, amountMillicredits, ref],
    );
  });
  return ref;
}

describe('a line', () => {
  test('of a delivered run names the model and leads to the work; of one that failed it says why', async () => {
    const actor = await person();
    await grantCredits(db, actor, 10_000n);
    const [delivered, failed] = [await start(actor), await start(actor)];
    await deliver(delivered);
    await deliver(
      failed,
      localAdapter(() => Promise.reject(new AppError('endpoint_failed'))),
    );
    const { lines } = await listLines(db, actor, filter());
    expect(lines.find((line) => line.ref === delivered)).toMatchObject({
      reason: 'Work delivered',
      about: { text: 'Proof', href: `/works/${delivered}` },
      changeMillicredits: '-2000',
      balanceMillicredits: '8000',
    });
    expect(lines.find((line) => line.ref === failed)).toMatchObject({
      code: 'released',
      about: { text: 'Proof', href: '/models/proof' },
      heldMillicredits: '2000',
      note: 'The model failed to make this one. Your credits were released.',
    });
  });

  test('of a payment leads to its receipt and names its transaction; what repaid a debt is said', async () => {
    const actor = await person();
    const first = await deposit(actor, 5_000n);
    await inTransaction(db.pool, async (tx) => {
      const credit = await openAccount(tx, 'till_clearing', 'house');
      await takeBack(tx, {
        ref: newId(),
        userId: actor.userId,
        lot: first,
        buckets: ['onchain'],
        credit,
        amountMillicredits: 7_000n,
        code: 'deposit_reversal',
      });
    });
    const hash = `0x${'ab'.repeat(32)}`;
    const second = await deposit(actor, 9_000n, hash);
    const { lines } = await listLines(db, actor, filter({ kind: 'chain' }));
    expect(lines.map(({ code, changeMillicredits, balanceMillicredits }) => [code, changeMillicredits, balanceMillicredits])).toEqual([
      ['deposit', '7000', '7000'],
      ['deposit_reversal', '-5000', '0'],
      ['deposit', '5000', '5000'],
    ]);
    expect(lines[0]).toMatchObject({ txHash: hash, about: { href: `/credits/receipts/${second}` }, note: '2 more of it repaid what was owed.' });
  });

  test('of a mint with credits names the work, and says why one did not go through', async () => {
    const actor = await person();
    await grantCredits(db, actor, 2_000n);
    const work = await start(actor);
    await deliver(work);
    await deposit(actor, 9_000n);
    const fee = await accountOf(db, 'relay_fee', 'house');
    const relay = async (error: string | null) => {
      const id = newId();
      await holdCredits(db.pool, { id, userId: actor.userId, amountMillicredits: 3_000n, ttlSeconds: 60, spendable: 'final' });
      const state = error ? 'released' : 'captured';
      await db.prisma.relay.create({ data: { id, userId: actor.userId, workId: work, priceMillicredits: 3_000n, state, error } });
      return id;
    };
    const [minted, refused] = [await relay(null), await relay('chain_unavailable')];
    expect(await listOpenHoldLines(db, actor)).toMatchObject([
      { text: expect.stringMatching(/^Mint of Proof/), href: `/works/${work}` },
      { ref: refused },
    ]);
    await captureHold(db.pool, { id: minted, splits: [{ pending: fee, available: fee, amountMillicredits: 3_000n, code: 'relay_fee' }] }, 'relay');
    await releaseHold(db.pool, refused);
    const [last, first] = (await listLines(db, actor, filter())).lines;
    const about = { text: expect.stringMatching(/^Proof/), href: `/works/${work}` };
    expect(first).toMatchObject({ reason: 'Minted with credits', changeMillicredits: '-3000', about });
    expect(last).toMatchObject({
      reason: 'Mint with credits did not go through; its hold was let go',
      note: expect.stringContaining('chain'),
      about,
    });
  });

  test('is one, though its credits came from several lots', async () => {
    const actor = await person();
    for (let i = 0; i < 3; i++) await grantCredits(db, actor, 1_000n);
    const [id, fee] = [newId(), await accountOf(db, 'platform_fee', 'house')];
    await holdCredits(db.pool, { id, userId: actor.userId, amountMillicredits: 3_000n, ttlSeconds: 60 });
    await captureHold(db.pool, { id, splits: [{ pending: fee, available: fee, amountMillicredits: 3_000n, code: 'run_fee' }] }, 'run');
    await inTransaction(db.pool, (tx) => refundCapture(tx, { capture: id, ref: newId() }));
    const { lines } = await listLines(db, actor, filter({ kind: 'back' }));
    expect(lines).toMatchObject([{ code: 'run_refund', changeMillicredits: '3000', balanceMillicredits: '3000' }]);
  });

  test('of a correction says what operators tell the person, and not what they tell each other', async () => {
    const [actor, first, second, id] = [await person(), await seedPerson(db, FIRST), await seedPerson(db, SECOND), newId()];
    const debit = { kind: 'promotion', owner: 'house', sub: '' } as const;
    const credit = { kind: 'collector_bonus', owner: actor.userId, sub: '' } as const;
    const reasons = { reason: 'Ticket 4711: looks like a bot', publicReason: 'A run was counted twice.' };
    await proposeCorrection(db, first, { id, debit, credit, amount: '2500', ...reasons });
    expect((await listLines(db, actor, filter())).lines).toEqual([]);
    await approveCorrection(db, second, { id });
    const { lines } = await listLines(db, actor, filter());
    expect(lines).toMatchObject([
      { code: 'correction', reason: 'Correction', note: 'A run was counted twice.', changeMillicredits: '2500', about: null },
    ]);
    expect(JSON.stringify(lines)).not.toContain('4711');
  });

  test('of somebody else’s run or payment says nothing of it', async () => {
    const [actor, other] = [await person(), await person()];
    await grantCredits(db, other, 5_000n);
    const theirs = await start(other);
    await grantCredits(db, actor, 1_000n);
    await holdCredits(db.pool, { id: newId(), userId: actor.userId, amountMillicredits: 500n, ttlSeconds: 60 });
    expect((await listLines(db, actor, filter())).lines.map(({ ref }) => ref)).not.toContain(theirs);
    expect(await listOpenHoldLines(db, actor)).toMatchObject([{ amountMillicredits: '500', href: null }]);
  });
});

test('a receipt says what was paid and what became of it, to its owner alone', async () => {
  const [actor, other] = [await person(), await person()];
  const hash = `0x${'cd'.repeat(32)}`;
  const ref = await deposit(actor, 6_000n, hash);
  expect(await getDepositReceipt(db, actor, ref)).toMatchObject({
    txHash: hash,
    millicredits: '6000',
    repaidMillicredits: '0',
    asset: 'eth',
    amount: '2000000000000000',
    rate: { quoted: false, source: null },
    reversed: false,
  });
  expect(await getDepositReceipt(db, other, ref)).toBeNull();
  expect(await getDepositReceipt(db, actor, newId())).toBeNull();
});

test('a purchase by card has a receipt, which its lines lead to; one that is not paid has none', async () => {
  const [actor, other] = [await person(), await person()];
  const buy = async (state: 'open' | 'paid') => {
    const id = newId();
    const money = { currency: 'eur', amountMinor: 1_900n, chargedMinor: 2_261n };
    const pack = { pack: 'c2000', creditMillicredits: 2_000_000n, bonusMillicredits: 100_000n };
    await db.prisma.cardPurchase.create({ data: { id, userId: actor.userId, state, ...pack, ...money, receiptUrl: 'https://pay.test/r' } });
    return id;
  };
  const [paid, open] = [await buy('paid'), await buy('open')];
  await inTransaction(db.pool, async (tx) => {
    const debit = await openAccount(tx, 'card_clearing', 'house');
    await creditCollector(tx, { ref: paid, userId: actor.userId, bucket: 'purchased', debit, amountMillicredits: 2_000_000n, code: 'purchase' });
  });
  expect((await listLines(db, actor, filter({ kind: 'card' }))).lines).toMatchObject([
    { reason: 'Bought by card', about: { text: 'Receipt', href: `/credits/receipts/${paid}` } },
  ]);
  expect(await getCardReceipt(db, actor, paid)).toMatchObject({ currency: 'eur', amountMinor: '2261', bonusMillicredits: '100000', disputed: false });
  expect(await getCardReceipt(db, actor, open)).toBeNull();
  expect(await getCardReceipt(db, other, paid)).toBeNull();
});

test('what is owed has a history, for no line of the statement can tell it', async () => {
  const actor = await person();
  const credit = await openAccount(db.pool, 'till_clearing', 'house');
  await inTransaction(db.pool, (tx) =>
    takeBack(tx, { ref: newId(), userId: actor.userId, buckets: ['onchain'], credit, amountMillicredits: 3_000n, code: 'deposit_reversal' }),
  );
  await deposit(actor, 1_000n);
  expect((await listDebt(db, actor)).map(({ reason, changeMillicredits }) => [reason, changeMillicredits])).toEqual([
    ['Repaid', '-1000'],
    ['Spent credits of a payment that was taken back', '3000'],
  ]);
  await writeOffDebt(db, await seedPerson(db, FIRST), { id: newId(), userId: actor.userId, reason: 'The address is lost' });
  expect((await listDebt(db, actor))[0]).toMatchObject({ reason: 'Forgiven', changeMillicredits: '-2000' });
  expect((await listLines(db, actor, filter())).lines).toEqual([]);
  expect(await listDebt(db, await person())).toEqual([]);
});

test('open holds name the run they wait for', async () => {
  const actor = await person();
  await grantCredits(db, actor, 5_000n);
  const id = await start(actor);
  expect(await listOpenHoldLines(db, actor)).toMatchObject([{ ref: id, amountMillicredits: '2000', text: 'Run of Proof', href: '/models/proof' }]);
});

describe('pages', () => {
  test('follow one another without gap or repeat, whatever is merged', async () => {
    const actor = await person();
    for (let i = 0; i < 12; i++) {
      for (let lot = 0; lot < (i % 3) + 1; lot++) await grantCredits(db, actor, 1_000n);
      const [id, fee] = [newId(), await accountOf(db, 'platform_fee', 'house')];
      const amountMillicredits = BigInt((i % 3) + 1) * 1_000n;
      await holdCredits(db.pool, { id, userId: actor.userId, amountMillicredits, ttlSeconds: 60 });
      if (i % 4 === 3) {
        await releaseHold(db.pool, id);
        continue;
      }
      await captureHold(db.pool, { id, splits: [{ pending: fee, available: fee, amountMillicredits, code: 'run_fee' }] }, 'run');
      if (i % 2) await inTransaction(db.pool, (tx) => refundCapture(tx, { capture: id, ref: newId() }));
    }
    const whole = (await listLines(db, actor, filter(), 10_000)).lines;
    for (const size of [1, 2, 3, 7]) {
      const read = [];
      for (let cursor: string | undefined; ; ) {
        const page = await listLines(db, actor, { ...filter(), cursor }, size);
        read.push(...page.lines);
        if (!page.nextCursor) break;
        cursor = page.nextCursor;
      }
      // Where a page is smaller than what belongs together, the sum is still whole.
      expect(read.reduce((sum, line) => sum + BigInt(line.changeMillicredits), 0n)).toBe(BigInt(whole[0]?.balanceMillicredits ?? 0));
      if (size >= 3) expect(read).toEqual(whole);
    }
  });

  test('of a day are that day’s, both ends included', async () => {
    const actor = await person();
    await grantCredits(db, actor, 1_000n);
    const today = new Date().toISOString().slice(0, 10);
    expect((await listLines(db, actor, filter({ from: today, to: today }))).lines).toHaveLength(1);
    expect((await listLines(db, actor, filter({ to: '2020-01-01' }))).lines).toEqual([]);
  });

  test('are shown also for a link that makes no sense', async () => {
    expect(filter({ kind: 'everything', from: '2026-13-40', to: ['2026-01-01', 'x'], cursor: '1; DROP' })).toEqual({ to: '2026-01-01' });
  });
});

test('the file has a line for each of the statement, oldest last, over many pages, and no formula', async () => {
  const actor = await person();
  const evil = await seedTestModel(db, await person(), { slug: 'evil', manifest: { name: '=HYPERLINK("http://x","y")' } });
  await grantCredits(db, actor, 10_000n);
  const { token, quoteId } = await quote(db, actor, { version: evil.digest, prompt: 'private', params: {}, seed: null, count: 1 });
  await startGenerations(db, actor, { token });
  const id = (await listGenerations(db, actor, { quoteId }))[0]?.id ?? '';
  await deliver(id);
  const text = await new Response(exportLines(db, actor, filter(), 'https://example.test')).text();
  const [header, run, grant, ...rest] = text.split('\r\n');
  expect(header).toBe('line,time,reason,about,note,credits,let go,balance,reference,transaction,link');
  expect(run).toContain(`,Work delivered,"'=HYPERLINK(""http://x"",""y"")",,-2,0,8,${id},,https://example.test/works/${id}`);
  expect(grant).toMatch(/^1,.*,Given by Intaglio,,,10,0,10,/);
  expect(rest).toEqual(['']);
});
