import { decodePaymentResponseHeader, encodePaymentSignatureHeader } from '@x402/core/http';
import { concat, createPublicClient, custom, decodeFunctionData, encodeFunctionData, type Hex, type PublicClient, parseEther, toHex } from 'viem';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { localUsdcAbi } from '@/lib/chain/abi/local-usdc';
import { testChain } from '@/lib/chain/testing/env-chain';
import { auditBooks } from '@/lib/credits/queries';
import { lookAtChain } from '@/lib/gateway/x402/look-at-chain';
import { ownFacilitator } from '@/lib/gateway/x402/own-facilitator';
import { paymentPayload } from '@/lib/gateway/x402/schema';
import { eip3009 } from '@/lib/gateway/x402/transfer-call';
import { readRecord } from '@/lib/protocol/png-record';
import { checkDeposits } from '@/lib/reconciliation/chain/check-deposits';
import { checkTill } from '@/lib/reconciliation/chain/check-till';
import { runOne } from '@/lib/reconciliation/testing/run-one';
import { seedTestModel } from '@/prisma/seed/test-model';
import { describedFetch } from './testing/described';
import { newPerson, WORDS } from './testing/house';
import { openPaidHouse, sendAuthorized, until } from './testing/paid-house';
import {
  asJson,
  askPrice,
  authorizationOf,
  cancelAuthorization,
  isUsed,
  newIdentifier,
  newPayer,
  type Payer,
  type Payment,
  sendPayment,
  signAgain,
  signPayment,
  till,
  usdc,
  usdcBalance,
} from './testing/payers';

// x402's own client pays for single calls, on a chain and with the real contracts: verified, run, settled, released.
const PRICE = 20_000n;
let house: Awaited<ReturnType<typeof openPaidHouse>>;
let db: (typeof house)['db'];
let images: string;
let runs: string;

beforeAll(async () => {
  house = await openPaidHouse();
  ({ db, images, runs } = house);
});
afterEach(async () => {
  house.state.gate = async () => {};
  expect(await auditBooks(db)).toEqual([]);
});
afterAll(async () => {
  expect([await runOne(db, checkTill), await runOne(db, checkDeposits)].flat().filter(({ severity }) => severity === 'difference')).toEqual([]);
  await house.close();
});
const funded = (units = 10n * PRICE) => house.funded(units);

describe('a call that is paid', () => {
  test('is told what to pay: exactly this price, to the till, for longer than a run may take', async () => {
    const { status, required, body } = await askPrice(images, { model: 'proof', prompt: 'a quiet proof' });
    expect([status, body.code]).toEqual([402, 'payment_required']);
    expect(required).toMatchObject({
      x402Version: 2,
      resource: { url: images },
      extensions: { 'payment-identifier': { info: { required: false } } },
    });
    expect(required.accepts).toEqual([
      {
        ...{ scheme: 'exact', network: 'eip155:31337', asset: usdc(), amount: PRICE.toString(), payTo: till(), maxTimeoutSeconds: 900 },
        extra: { name: 'USD Coin (local stand-in)', version: '2', assetTransferMethod: 'eip3009' },
      },
    ]);
  });

  test.each([
    [999n, 403, 'payment_too_small'],
    [1_000n, 402, 'payment_required'],
  ])('of %s millicredits is answered %d %s: moving less than a credit costs more than it brings', async (price, status, code) => {
    const { digest } = await seedTestModel(db, await newPerson(db), { slug: `costs-${price}`, manifest: { name: `Costs ${price}` } });
    await db.prisma.price.updateMany({ where: { versionDigest: digest }, data: { perImageMillicredits: price } });
    const answer = await fetch(images, asJson({ model: `costs-${price}`, prompt: 'a small price' }));
    expect([answer.status, (await answer.json()).code]).toEqual([status, code]);
  });

  test('makes a picture by x402’s own fetch, and moves its price and nothing else', async () => {
    const [payer, before] = [await funded(), await usdcBalance(till())];
    const answer = await payer.fetch(images, asJson({ model: 'proof', prompt: 'a quiet proof', response_format: 'b64_json' }));
    expect(answer.status).toBe(200);
    const { data } = await answer.json();
    expect(readRecord(Buffer.from(data[0].b64_json, 'base64'))).toMatchObject({ chainId: 31337 });
    const settled = decodePaymentResponseHeader(answer.headers.get('payment-response') ?? '');
    expect(settled).toMatchObject({ success: true, network: 'eip155:31337', payer: payer.address, amount: PRICE.toString() });
    expect((await testChain.client.getTransactionReceipt({ hash: settled.transaction as `0x${string}` })).status).toBe('success');
    expect([await usdcBalance(payer.address), (await usdcBalance(till())) - before]).toEqual([9n * PRICE, PRICE]);
    expect(await house.creditsOf(payer)).toMatchObject({ availableMillicredits: '0', heldMillicredits: '0' });
    expect(await house.runsOf(payer)).toMatchObject([{ state: 'captured', priceMillicredits: 2000n }]);
  });

  test.each(['generations', 'x402/models/proof/runs'])('answers %s with run, receipt, and a file that needs no key', async (path) => {
    const payer = await funded();
    const answer = await payer.fetch(`${house.origin}/api/v1/${path}`, asJson({ model: 'proof', prompt: 'a run' }));
    const { generations } = await answer.json();
    expect([answer.status, generations.length]).toEqual([200, 1]);
    expect(generations[0]).toMatchObject({ state: 'captured', model: 'proof', receipt: { signature: expect.stringMatching(/^0x/) } });
    const file = await fetch(generations[0].file.href);
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'image/png']);
  });

  test('makes a text: by a run, with its file, and in OpenAI’s form, whole', async () => {
    const payer = await funded();
    const run = await (await payer.fetch(`${house.origin}/api/v1/x402/models/lines/runs`, asJson({ prompt: 'a line' }))).json();
    expect(run.generations[0]).toMatchObject({
      state: 'captured',
      model: 'lines',
      text: WORDS,
      receipt: { signature: expect.stringMatching(/^0x/) },
    });
    expect((await fetch(run.generations[0].file.href)).headers.get('content-type')).toBe('image/png');
    const chat = { model: 'lines', messages: [{ role: 'user', content: 'a line' }] };
    const answer = await payer.fetch(`${house.origin}/api/v1/chat/completions`, asJson(chat));
    expect(await answer.json()).toMatchObject({ object: 'chat.completion', model: 'lines', choices: [{ message: { content: WORDS } }] });
    expect(decodePaymentResponseHeader(answer.headers.get('payment-response') ?? '')).toMatchObject({ success: true, payer: payer.address });
    expect([await usdcBalance(payer.address), (await house.runsOf(payer)).length]).toEqual([8n * PRICE, 2]);
    const refused = await fetch(`${house.origin}/api/v1/chat/completions`, asJson({ ...chat, stream: true }));
    expect([refused.status, refused.headers.get('payment-required')]).toEqual([400, null]);
    expect((await fetch(`${house.origin}/api/v1/chat/completions`, asJson({ ...chat, model: 'proof' }))).status).toBe(400);
  });

  test.each(['generations', 'images/generations', 'x402/models/proof/runs', 'chat/completions'])(
    'is described as it is asked for and answered: %s',
    async (path) => {
      const watched = describedFetch();
      const [payer, url] = [await funded(), `${house.origin}/api/v1/${path}`];
      const isChat = path.startsWith('chat');
      const words = isChat ? { messages: [{ role: 'user', content: 'as described' }] } : { prompt: 'as described' };
      const asked = { ...words, ...(!path.startsWith('x402') && { model: isChat ? 'lines' : 'proof' }) };
      const payment = await signPayment(payer, url, asked);
      const init = asJson(asked);
      const paying = { ...init, headers: { ...init.headers, 'payment-signature': encodePaymentSignatureHeader(payment) } };
      const answers = [await watched.fetch(new Request(url, init)), await watched.fetch(new Request(url, paying))];
      expect(answers.map(({ status, headers }) => [status, headers.has('payment-required'), headers.has('payment-response')])).toEqual([
        [402, true, false],
        [200, false, true],
      ]);
      expect(watched.problems).toEqual([]);
    },
  );

  test('that fails is not settled, and costs nothing', async () => {
    const payer = await funded();
    const payment = await signPayment(payer, runs, { model: 'broken', prompt: 'x' });
    const { status, body, settled } = await sendPayment(runs, { model: 'broken', prompt: 'x' }, payment);
    expect([status, body.code, settled]).toEqual([502, 'endpoint_failed', null]);
    expect(await isUsed(payer.address, authorizationOf(payment).nonce)).toBe(false);
    expect(
      await db.prisma.chainTransaction.count({
        where: { ref: (await db.prisma.x402Payment.findFirstOrThrow({ where: { payer: payer.address } })).id },
      }),
    ).toBe(0);
    expect([await usdcBalance(payer.address), await house.creditsOf(payer)]).toMatchObject([10n * PRICE, { availableMillicredits: '0' }]);
  });
});

describe('the same payment', () => {
  const body = { model: 'proof', prompt: 'once' };

  test('again is the same run and the same answer; with anything else it is refused', async () => {
    const payer = await funded();
    const identifier = newIdentifier();
    const payment = await signPayment(payer, runs, body, identifier);
    const first = await sendPayment(runs, body, payment);
    const again = await sendPayment(runs, body, payment);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body.generations[0].id).toBe(first.body.generations[0].id);
    expect([again.body.generations[0].receipt, again.settled]).toEqual([first.body.generations[0].receipt, first.settled]);
    const conflicts = [
      await sendPayment(runs, { ...body, prompt: 'twice' }, payment),
      await sendPayment(images, body, payment),
      await sendPayment(runs, body, await signPayment(payer, runs, body, identifier)),
      await sendPayment(runs, body, { ...payment, extensions: { 'payment-identifier': { info: { required: false, id: newIdentifier() } } } }),
      await sendPayment(runs, body, { ...payment, extensions: undefined }),
    ];
    expect(conflicts.map((answer) => [answer.status, answer.body.code])).toEqual(conflicts.map(() => [409, 'payment_conflict']));
    expect([(await house.runsOf(payer)).length, await usdcBalance(payer.address)]).toEqual([1, 9n * PRICE]);
  });

  test('read off the chain by somebody else gets them no guess at its work that is late or often, and the payer has it by their wallet', async () => {
    const payer = await funded();
    const payment = await signPayment(payer, runs, body);
    const first = await sendPayment(runs, body, payment);
    const { input } = await testChain.client.getTransaction({ hash: first.settled?.transaction as Hex });
    const { args } = decodeFunctionData({ abi: eip3009, data: input });
    const [v, r, s] = (args as unknown as [...unknown[], number, Hex, Hex]).slice(6) as [number, Hex, Hex];
    const stolen = { ...payment, payload: { ...payment.payload, signature: concat([r, s, toHex(v)]) } };
    expect(stolen).toEqual(payment);
    const from = (address: string, asked: object) => {
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': address, 'payment-signature': encodePaymentSignatureHeader(stolen) };
      return fetch(runs, { method: 'POST', body: JSON.stringify(asked), headers });
    };
    const guesses = await Promise.all(Array.from({ length: 61 }, (_, i) => from('198.51.100.61', { ...body, prompt: `guess ${i}` })));
    expect(guesses.map(({ status }) => status).sort()).toEqual([...Array(60).fill(409), 429]);
    expect((await from('198.51.100.61', body)).status).toBe(429);
    await db.pool.query(`UPDATE generation SET ended_at = now() - interval '61 minutes' WHERE id = $1`, [first.body.generations[0].id]);
    for (const asked of [body, { ...body, prompt: 'a guess' }]) {
      const late = await from('198.51.100.62', asked);
      expect([late.status, (await late.json()).code]).toEqual([410, 'payment_answered']);
    }
    const user = await house.userOf(payer);
    expect(await db.prisma.work.findFirst({ where: { id: first.body.generations[0].id } })).toMatchObject({ ownerId: user?.id });
  });

  test('ten times at once is one run', async () => {
    const payer = await funded();
    const payment = await signPayment(payer, runs, body, newIdentifier());
    const answers = await Promise.all(Array.from({ length: 10 }, () => sendPayment(runs, body, payment)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map((answer) => answer.body.generations[0].id)).size).toBe(1);
    expect([(await house.runsOf(payer)).length, await usdcBalance(payer.address)]).toEqual([1, 9n * PRICE]);
  });
});

describe('a payment that says something else', () => {
  type Change = (payment: Payment, payer: Payer) => unknown;
  const soon = () => Math.floor(Date.now() / 1000);
  const authorized =
    (values: Record<string, string>): Change =>
    (payment) =>
      Object.assign(authorizationOf(payment), values);
  /** And signed by the payer, so that nothing but what it says is wrong. */
  const resigned =
    (values: () => Record<string, string>): Change =>
    (payment, payer) => {
      Object.assign(authorizationOf(payment), values());
      return signAgain(payer, payment);
    };
  const accepted =
    (values: object): Change =>
    (payment) =>
      Object.assign(payment.accepted, values);
  const signed =
    (signature: string): Change =>
    (payment) =>
      Object.assign(payment.payload, { signature });
  const NOBODY = '0x00000000000000000000000000000000000000aa';
  const changes: [string, string, Change][] = [
    ['a smaller amount', 'amount_mismatch', resigned(() => ({ value: '19999' }))],
    ['a larger amount', 'amount_mismatch', resigned(() => ({ value: '20001' }))],
    ['another receiver', 'recipient_mismatch', resigned(() => ({ to: NOBODY }))],
    ['an end before the run’s deadline', 'ends_too_early', resigned(() => ({ validBefore: String(soon() + 600) }))],
    ['an end in a year', 'ends_too_late', resigned(() => ({ validBefore: String(soon() + 31_536_000) }))],
    ['a beginning in the future', 'not_valid_yet', resigned(() => ({ validAfter: String(soon() + 60) }))],
    ['another end than was signed', 'invalid_exact_evm_signature', authorized({ validBefore: String(soon() + 890) })],
    ['another beginning than was signed', 'invalid_exact_evm_signature', authorized({ validAfter: '1' })],
    ['another payer', 'invalid_exact_evm_signature', authorized({ from: '0x70997970c51812dc3a010c7d01b50e0d17dc79c8' })],
    ['another nonce', 'invalid_exact_evm_signature', authorized({ nonce: `0x${'ab'.repeat(32)}` })],
    ['a signature of somebody else', 'invalid_exact_evm_signature', signed(`0x${'11'.repeat(64)}1b`)],
    ['a smaller amount that was accepted', 'amount_mismatch', accepted({ amount: '19999' })],
    ['another receiver that was accepted', 'recipient_mismatch', accepted({ payTo: NOBODY })],
    ['another token', 'asset_mismatch', accepted({ asset: NOBODY })],
    ['another chain', 'network_mismatch', accepted({ network: 'eip155:1' })],
    ['another domain', 'domain_mismatch', accepted({ extra: { name: 'USD Coin', version: '2', assetTransferMethod: 'eip3009' } })],
    ['another scheme', 'malformed', accepted({ scheme: 'upto' })],
    ['no signature', 'malformed', signed('0x')],
    ['another version', 'malformed', (payment) => Object.assign(payment, { x402Version: 1 })],
  ];

  test.each(changes)('%s is refused before anything is made', async (_, reason, change) => {
    const payer = await funded();
    const body = { model: 'proof', prompt: 'x' };
    const payment = structuredClone(await signPayment(payer, runs, body));
    await change(payment, payer);
    const { status, body: answer } = await sendPayment(runs, body, payment);
    expect([status, answer.code, answer.details.reason]).toEqual([402, 'payment_invalid', reason]);
    expect(await db.prisma.x402Payment.count({ where: { nonce: authorizationOf(payment).nonce } })).toBe(0);
    expect(await house.userOf(payer)).toBeNull();
  });

  test('a wallet without the money is refused before anything is made, and told what would do', async () => {
    const payer = await newPayer(0n);
    const { status, body, headers } = await sendPayment(
      runs,
      { model: 'proof', prompt: 'x' },
      await signPayment(payer, runs, { model: 'proof', prompt: 'x' }),
    );
    expect([status, body.code, headers.has('payment-required')]).toEqual([402, 'payment_invalid', true]);
    expect(await house.userOf(payer)).toBeNull();
  });
});

describe('money that goes its own way', () => {
  const body = { model: 'gated', prompt: 'while it runs' };
  const moveAway = async (payer: Payer) => {
    await testChain.send(payer.address, '0x', parseEther('1'));
    await until(async () => (await testChain.client.getBalance({ address: payer.address })) > 0n);
    const data = encodeFunctionData({ abi: localUsdcAbi, functionName: 'transfer', args: [usdc(), await usdcBalance(payer.address)] });
    const raw = await payer.account.signTransaction({
      chainId: 31_337,
      nonce: 0,
      to: usdc(),
      data,
      gas: 100_000n,
      maxFeePerGas: 10n ** 10n,
      maxPriorityFeePerGas: 1n,
    });
    await testChain.client.sendRawTransaction({ serializedTransaction: raw });
    await until(async () => (await usdcBalance(payer.address)) === 0n);
  };
  test('is gone when the work is there: the run has failed, and nothing of it is released', async () => {
    const payer = await funded();
    house.state.gate = () => moveAway(payer);
    const { status, body: answer, settled } = await sendPayment(runs, body, await signPayment(payer, runs, body));
    expect([status, answer.code]).toEqual([402, 'payment_not_settled']);
    expect(settled).toMatchObject({ success: false, transaction: '', errorReason: 'payment_not_settled' });
    expect(JSON.stringify(answer)).not.toContain('receipt');
    expect(await house.runsOf(payer)).toMatchObject([
      { state: 'failed', errorCode: 'payment_not_settled', work: null, deliveredAt: expect.any(Date) },
    ]);
  });

  test.each(['cancelled', 'spent on another transfer'])('whose authorization is %s meanwhile pays nothing, and nothing is released', async (what) => {
    const payer = await funded();
    const payment = await signPayment(payer, runs, body);
    house.state.gate = async () => {
      if (what === 'cancelled') return cancelAuthorization(payer, authorizationOf(payment).nonce);
      // The same nonce, for something that is not ours.
      const other = structuredClone(payment);
      Object.assign(authorizationOf(other), { to: '0x00000000000000000000000000000000000000aa', value: '1' });
      await signAgain(payer, other);
      await sendAuthorized(other);
    };
    const { status, body: answer } = await sendPayment(runs, body, payment);
    expect([status, answer.code]).toEqual([402, 'payment_not_settled']);
    expect(await house.runsOf(payer)).toMatchObject([{ state: 'failed', work: null, deliveredAt: expect.any(Date) }]);
    expect(await db.prisma.deposit.count({ where: { payer: payer.address } })).toBe(0);
    expect(await house.creditsOf(payer)).toMatchObject({ availableMillicredits: '0', owedMillicredits: '0' });
  });

  test('sent by somebody else before the work is there pays it all the same, once', async () => {
    const payer = await funded();
    const payment = await signPayment(payer, runs, body);
    house.state.gate = () => sendAuthorized(payment);
    const { status, settled } = await sendPayment(runs, body, payment);
    expect([status, settled?.success, await usdcBalance(payer.address)]).toEqual([200, true, 9n * PRICE]);
    expect(await house.creditsOf(payer)).toMatchObject({ availableMillicredits: '0' });
  });

  test('that comes though the run has failed is its payer’s', async () => {
    const payer = await funded();
    const payment = await signPayment(payer, runs, { model: 'broken', prompt: 'x' });
    expect((await sendPayment(runs, { model: 'broken', prompt: 'x' }, payment)).status).toBe(502);
    await sendAuthorized(payment);
    await house.lookNow(payer);
    await until(async () => (await house.creditsOf(payer))?.availableMillicredits === '2000');
    expect(await db.prisma.deposit.findMany({ where: { payer: payer.address } })).toMatchObject([{ state: 'credited', asset: 'usdc' }]);
  });

  test('is not sent for by us once its run has ended, though that was queued', async () => {
    const payer = await funded();
    const payment = await signPayment(payer, runs, { model: 'broken', prompt: 'x' });
    expect((await sendPayment(runs, { model: 'broken', prompt: 'x' }, payment)).status).toBe(502);
    const row = await db.prisma.x402Payment.findFirstOrThrow({ where: { payer: payer.address } });
    await ownFacilitator(db).settle({
      id: row.id,
      chainId: 31_337,
      payload: paymentPayload.parse(row.payload),
      requirements: row.requirements as never,
    });
    await until(async () => (await db.prisma.chainTransaction.findFirst({ where: { ref: row.id } }))?.settledAt);
    expect(await db.prisma.chainTransaction.findFirst({ where: { ref: row.id } })).toMatchObject({
      state: 'refused',
      error: 'wrong_state',
      nonce: null,
    });
    expect([await isUsed(payer.address, authorizationOf(payment).nonce), await usdcBalance(payer.address)]).toEqual([false, 10n * PRICE]);
  });

  test('is found by a provider that looks through a hundred blocks at a time', async () => {
    const payer = await funded();
    const payment = await signPayment(payer, runs, { model: 'proof', prompt: 'x' });
    expect((await sendPayment(runs, { model: 'proof', prompt: 'x' }, payment)).status).toBe(200);
    let asked = 0;
    const request = async ({ method, params }: { method: string; params?: unknown }) => {
      const [{ fromBlock, toBlock } = { fromBlock: '0x0', toBlock: '0x0' }] = (params ?? []) as { fromBlock: Hex; toBlock?: Hex }[];
      if (method === 'eth_getLogs' && Number(toBlock ?? '0xffffff') - Number(fromBlock) >= 100) throw new Error('block range is too wide');
      if (method === 'eth_getLogs') asked++;
      return testChain.client.request({ method, params } as never);
    };
    const client = createPublicClient({ transport: custom({ request }) }) as PublicClient;
    const { nonce } = authorizationOf(payment);
    const sight = await lookAtChain(client, { asset: usdc(), payer: payer.address, nonce, payTo: till() as Hex, amount: PRICE, fromBlock: 0n });
    const [deposit] = await db.prisma.deposit.findMany({ where: { payer: payer.address } });
    expect(sight).toMatchObject({ kind: 'paid', place: { txHash: deposit?.txHash, ordinal: deposit?.ordinal } });
    expect(asked).toBeGreaterThan(2);
  });
});
