import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { balanceOf, openAccount } from '@/lib/credits/accounts';
import { creditCollector } from '@/lib/credits/credit-collector';
import { auditBooks, getBalance, listStatement } from '@/lib/credits/queries';
import { inTransaction, openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { getIncludedRuns, openPeriod } from '@/lib/passes/included-runs';
import { requestPayout } from '@/lib/payouts/request-payout';
import { earn, newcomer } from '@/lib/payouts/testing/earn';
import { seedPerson } from '@/prisma/seed/people';
import { approveCorrection } from './approve-correction';
import { proposeCorrection } from './propose-correction';
import { listDecided, listProposals } from './queries';
import { refuseCorrection } from './refuse-correction';
import { type ProposeCorrectionInput, proposeCorrectionInput } from './schema';

const FIRST = '0x14dC79964da2C08b23698B3D3cc7Ca32193d9955';
const SECOND = '0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f';
vi.stubEnv('OPERATOR_ADDRESSES', `${FIRST},${SECOND}`);

const db = openDatabase(process.env.DATABASE_URL ?? '', 16);
const promotion = { kind: 'promotion', owner: 'house', sub: '' } as const;
let first: Actor;
let second: Actor;
let anna: Actor;
/** A lot of Anna's with 1,000 millicredits in it. */
let lot: string;

beforeAll(async () => {
  first = await seedPerson(db, FIRST);
  second = await seedPerson(db, SECOND);
});
beforeEach(async () => {
  anna = await newcomer(db);
  lot = newId();
  await inTransaction(db.pool, async (tx) => {
    const debit = await openAccount(tx, 'till_clearing', 'house');
    await creditCollector(tx, { ref: lot, userId: anna.userId, bucket: 'onchain', debit, amountMillicredits: 1_000n, code: 'deposit' });
  });
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await db.close();
});

const ofAnna = () => ({ kind: 'collector_onchain', owner: anna.address, sub: lot }) as const;
/** 250 millicredits from the house to Anna's lot, unless said otherwise. */
const proposal = (part: Partial<ProposeCorrectionInput> = {}): ProposeCorrectionInput =>
  proposeCorrectionInput.parse({
    ...{ id: newId(), debit: promotion, credit: ofAnna(), amount: '250' },
    ...{ reason: 'Finding 17: too little was credited', publicReason: 'We credited too little.', ...part },
  });
const propose = async (part: Partial<ProposeCorrectionInput> = {}, by = first): Promise<{ id: string }> => {
  const input = proposal(part);
  await proposeCorrection(db, by, input);
  return { id: input.id };
};
async function requestedPayout(): Promise<string> {
  const creator = await newcomer(db);
  await earn(db, creator, { millicredits: 1_000_000n });
  return (await requestPayout(db, creator, { id: newId(), credits: 1_000, rail: 'connect' }, async () => 'acct_test')).payout.id;
}
const available = async () => BigInt((await getBalance(db, anna)).availableMillicredits);
const tellsOf = (part: string) => expect.objectContaining({ code: 'invalid_input', message: expect.stringContaining(part) });

describe('a correction', () => {
  test('moves nothing as a proposal, and is posted by another operator’s yes', async () => {
    const { id } = await propose();
    expect(await available()).toBe(1_000n);
    expect(await listProposals(db, first)).toContainEqual(expect.objectContaining({ id, approvable: false, refusable: true }));
    expect((await listProposals(db, second)).find((one) => one.id === id)).toMatchObject({
      ...{ approvable: true, amount: '250', unit: 'millicredits', proposedBy: first.address, publicReason: 'We credited too little.' },
      credit: { kind: 'collector_onchain', owner: anna.address, sub: lot, available: '1000' },
    });
    await approveCorrection(db, second, { id });
    expect(await available()).toBe(1_250n);
    const [line] = (await listStatement(db, anna)).entries;
    expect(line).toMatchObject({ code: 'correction', changeMillicredits: '250', balanceMillicredits: '1250' });
    expect((await listDecided(db, first)).find((one) => one.id === id)).toMatchObject({
      ...{ state: 'posted', reason: 'Finding 17: too little was credited', proposedBy: first.address, decidedBy: second.address },
    });
  });

  test('is not approved by who proposed it, nor seen or touched by anybody but operators', async () => {
    const { id } = await propose();
    await expect(approveCorrection(db, first, { id })).rejects.toMatchObject({ code: 'own_proposal' });
    await expect(approveCorrection(db, anna, { id })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(refuseCorrection(db, anna, { id, because: 'I like it' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(propose({}, anna)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listProposals(db, anna)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listDecided(db, anna)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(approveCorrection(db, second, { id: newId() })).rejects.toMatchObject({ code: 'not_found' });
    expect(await available()).toBe(1_000n);
  });

  test('of one’s own account is nobody’s to propose, approve or refuse', async () => {
    const mine = { kind: 'collector_bonus', owner: second.userId, sub: '' } as const;
    await expect(propose({ credit: mine }, second)).rejects.toMatchObject({ code: 'own_account' });
    const { id } = await propose({ credit: mine });
    expect((await listProposals(db, second)).find((one) => one.id === id)).toMatchObject({ approvable: false, refusable: false });
    await expect(approveCorrection(db, second, { id })).rejects.toMatchObject({ code: 'own_account' });
    await expect(refuseCorrection(db, second, { id, because: 'No' })).rejects.toMatchObject({ code: 'own_account' });
    await refuseCorrection(db, first, { id, because: 'A mistake of mine' });
  });

  test('is proposed once and posted once, whoever asks at the same moment', async () => {
    const input = proposal();
    await Promise.all(Array.from({ length: 20 }, () => proposeCorrection(db, first, input)));
    await expect(proposeCorrection(db, first, { ...input, amount: '251' })).rejects.toMatchObject({ code: 'conflict' });
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => approveCorrection(db, second, input)));
    expect(tries.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    expect(await available()).toBe(1_250n);
    expect(await proposeCorrection(db, first, input)).toEqual({ state: 'posted' });
  });

  test('that was refused is not posted any more', async () => {
    const { id } = await propose();
    await refuseCorrection(db, second, { id, because: 'It was mended before' });
    await expect(approveCorrection(db, second, { id })).rejects.toMatchObject({ code: 'wrong_state' });
    expect((await listDecided(db, first)).find((one) => one.id === id)).toMatchObject({ state: 'refused', refusedBecause: 'It was mended before' });
    expect(await available()).toBe(1_000n);
  });

  test('of more than there is waits until there is enough', async () => {
    const { id } = await propose({ debit: ofAnna(), credit: promotion, amount: '1001' });
    await expect(approveCorrection(db, second, { id })).rejects.toMatchObject({ code: 'no_cover' });
    const more = await propose({ amount: '1' });
    await approveCorrection(db, second, more);
    await approveCorrection(db, second, { id });
    expect(await available()).toBe(0n);
  });

  test('of what somebody owes stops their spending, and opens it again', async () => {
    const owes = { kind: 'collector_debt', owner: anna.userId, sub: '' } as const;
    await approveCorrection(db, second, await propose({ debit: owes, credit: promotion, amount: '40' }));
    expect(await getBalance(db, anna)).toMatchObject({ owedMillicredits: '40', frozen: true });
    await approveCorrection(db, second, await propose({ debit: promotion, credit: owes, amount: '40' }));
    expect(await getBalance(db, anna)).toMatchObject({ owedMillicredits: '0', frozen: false });
  });

  test('of ETH counts gwei', async () => {
    const [source, float] = [
      { kind: 'float_source', owner: 'house', sub: '' },
      { kind: 'relayer_float', owner: 'house', sub: '' },
    ] as const;
    const { id } = await propose({ debit: source, credit: float, amount: '7' });
    expect((await listProposals(db, second)).find((one) => one.id === id)).toMatchObject({ unit: 'gwei' });
    await approveCorrection(db, second, { id });
    expect((await balanceOf(db.pool, await openAccount(db.pool, 'relayer_float', 'house', { asset: 2 }))).posted).toBe(7n);
    await expect(propose({ debit: float, credit: promotion })).rejects.toEqual(tellsOf('ETH'));
  });
});

describe('a correction of a pass’s runs', () => {
  const granted = { kind: 'runs_granted', owner: 'house', sub: '' } as const;
  const runsOf = (owner: string, sub = '') => ({ kind: 'pass_runs', owner, sub }) as const;
  async function newPass(holder: Actor): Promise<{ passId: string; left: () => Promise<object> }> {
    const place = { chainId: 31_337, collection: `0x${newId().replaceAll('-', '').padStart(40, '0')}` };
    await db.prisma.passCollection.create({ data: { chainId: 31_337, address: place.collection, creatorId: (await newcomer(db)).userId, base: '' } });
    const tier = { label: 'Gold', priceWei: 1, durationSeconds: 0n, refundWindowSeconds: 0, cap: 9, imageCid: 'cid', sold: 1, issued: 1 };
    await db.prisma.passTier.create({ data: { ...place, ...tier, tierId: 1, transferable: true, open: true } });
    const passId = `31337:${place.collection}:100000001`;
    const bought = { holder: holder.address, boughtAt: new Date(), payer: holder.address, priceWei: 1, blockNumber: 1n, txHash: newId() };
    await db.prisma.passToken.create({ data: { ...place, ...bought, id: passId, tierId: 1, tokenId: 100_000_001n } });
    const grant = {
      ...{ passId, tierId: 1, tierLabel: 'Gold', includedRuns: 5, periodSeconds: 3600, period: 0, periodEndsAt: new Date(Date.now() + 3_600_000) },
      ...{ ratePerMinute: null, expiresAt: null, isSafe: true },
    };
    await openPeriod(db.pool, grant);
    return { passId, left: () => getIncludedRuns(db.pool, grant) };
  }

  test('gives runs beside its period, or to it, and takes them; what somebody holds themselves they do not decide about', async () => {
    const { passId, left } = await newPass(anna);
    const gives = await propose({ debit: granted, credit: runsOf(passId), amount: '2', publicReason: undefined });
    expect((await listProposals(db, second)).find(({ id }) => id === gives.id)).toMatchObject({
      ...{ unit: 'runs', approvable: true },
      credit: { kind: 'pass_runs', owner: passId },
    });
    expect(await left()).toMatchObject({ total: 5, left: 5 });
    await approveCorrection(db, second, gives);
    expect(await left()).toMatchObject({ total: 7, used: 0, left: 7 });
    await approveCorrection(db, second, await propose({ debit: granted, credit: runsOf(passId, '0'), amount: '1' }));
    expect(await left()).toMatchObject({ total: 8, used: 0, left: 8 });
    await approveCorrection(db, second, await propose({ debit: runsOf(passId, '0'), credit: granted, amount: '4' }));
    expect(await left()).toMatchObject({ left: 4 });
    const own = await newPass(first);
    await expect(propose({ debit: granted, credit: runsOf(own.passId), amount: '1' })).rejects.toMatchObject({ code: 'own_account' });
    const bySecond = await propose({ debit: granted, credit: runsOf(own.passId), amount: '1' }, second);
    expect((await listProposals(db, first)).find(({ id }) => id === bySecond.id)).toMatchObject({ approvable: false, refusable: false });
    await expect(approveCorrection(db, first, bySecond)).rejects.toMatchObject({ code: 'own_account' });
    const posted = `UPDATE correction SET state = 'refused', refused_because = 'no', decided_at = now(), decided_by = $2 WHERE id = $1`;
    await expect(db.pool.query(posted, [bySecond.id, first.userId])).rejects.toMatchObject({ code: 'CO903' });
  });

  test('is between runs, and of a pass that there is', async () => {
    const { passId } = await newPass(anna);
    await expect(propose({ debit: promotion, credit: runsOf(passId) })).rejects.toEqual(tellsOf('count the same'));
    await expect(propose({ debit: granted, credit: runsOf(`31337:0x${'9'.repeat(40)}:1`) })).rejects.toEqual(tellsOf('no pass'));
    await expect(propose({ debit: granted, credit: runsOf(passId, '7') })).rejects.toEqual(tellsOf('no account'));
    await expect(propose({ debit: granted, credit: runsOf(anna.userId) })).rejects.toEqual(tellsOf('no pass'));
  });
});

describe('an account', () => {
  test('is found by its number, too', async () => {
    const id = await openAccount(db.pool, 'collector_onchain', anna.userId, { sub: lot });
    await approveCorrection(db, second, await propose({ credit: { id: `${id}` } }));
    expect(await available()).toBe(1_250n);
  });

  test('of a collector without a name of its own is a lot of the correction', async () => {
    await approveCorrection(db, second, await propose({ credit: { kind: 'collector_purchased', owner: anna.userId, sub: '' } }));
    expect(await getBalance(db, anna)).toMatchObject({ byBucket: { purchased: '250', onchain: '1000' } });
  });

  test('that is not there, is of nobody, or is a payout’s, is told and not opened', async () => {
    const count = async () => (await db.pool.query('SELECT count(*) FROM ledger.account')).rows[0].count;
    const payout = await openAccount(db.pool, 'payout_clearing', await requestedPayout());
    const before = await count();
    await expect(propose({ credit: { ...ofAnna(), sub: newId() } })).rejects.toEqual(tellsOf('no account'));
    await expect(propose({ credit: { id: '999999999' } })).rejects.toEqual(tellsOf('no account'));
    await expect(propose({ credit: { id: `${payout}` } })).rejects.toEqual(tellsOf('may touch'));
    await expect(propose({ credit: { ...ofAnna(), owner: `0x${'9'.repeat(40)}` } })).rejects.toEqual(tellsOf('Nobody'));
    await expect(propose({ credit: { ...ofAnna(), owner: 'house' } })).rejects.toEqual(tellsOf('of a person'));
    await expect(propose({ credit: { kind: 'creator_pending', owner: anna.userId, sub: '' } })).rejects.toEqual(tellsOf('which'));
    await expect(propose({ credit: promotion })).rejects.toEqual(tellsOf('two accounts'));
    await expect(propose({ debit: { kind: 'collector_bonus', owner: anna.userId, sub: '' } })).rejects.toEqual(tellsOf('same person'));
    await expect(propose({ publicReason: undefined })).rejects.toEqual(tellsOf('reads'));
    expect(await count()).toBe(before);
  });
});

test('the database refuses what a code path forgot: a posted row without its transfer, a change of what was proposed, one person for two', async () => {
  const { id } = await propose();
  const run = (sql: string, by = second) => db.pool.query(sql, [id, by.userId].slice(0, sql.includes('$2') ? 2 : 1));
  const post = `UPDATE correction SET state = 'posted', decided_at = now(), decided_by = $2 WHERE id = $1`;
  await expect(run(post)).rejects.toMatchObject({ code: 'CO904' });
  await expect(run('UPDATE correction SET amount = 9 WHERE id = $1')).rejects.toMatchObject({ code: 'CO901' });
  await expect(run('DELETE FROM correction WHERE id = $1')).rejects.toMatchObject({ code: 'CO900' });
  await expect(run(post, anna)).rejects.toMatchObject({ code: 'CO903' });
  const alone = inTransaction(db.pool, async (tx) => {
    const { rows } = await tx.query<{ ref: string; debit_id: string; credit_id: string }>('SELECT * FROM correction WHERE id = $1', [id]);
    await tx.query(`SELECT ledger.post($1, 0::smallint, $2, $3, 250, 'correction')`, [rows[0]?.ref, rows[0]?.debit_id, rows[0]?.credit_id]);
    await tx.query(post, [id, first.userId]);
  });
  await expect(alone).rejects.toMatchObject({ constraint: 'correction_two_people' });
});
