import { encodeFunctionData, type Hex, parseEther } from 'viem';
import { expect, vi } from 'vitest';
import { localUsdcAbi } from '@/lib/chain/abi/local-usdc';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { createSender } from '@/lib/chain/sender/create-sender';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { getBalance } from '@/lib/credits/queries';
import { settlementHandlers } from '@/lib/gateway/x402/own-facilitator';
import { settlePayments } from '@/lib/gateway/x402/settle-payments';
import { localAdapter } from '@/lib/inference/local-adapter';
import { startLoops } from '@/lib/jobs/loops';
import { houseKey, platformSigner } from '@/lib/keys/sealed-keys';
import { chainHandlers } from '@/lib/payments/chain-handlers';
import { pixelsOf, seedTestModel } from '@/prisma/seed/test-model';
import { serveGateway } from './gateway';
import { newPerson, openHouse } from './house';
import { authorizationOf, isUsed, newPayer, type Payer, type Payment, toUsdc, usdcBalance } from './payers';

const OFTEN = { everyMs: 50 };
export const until = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 30_000, interval: 100 }).toBeTruthy();

/** A house whose runs can be paid by the call: the gateway's routes, a chain that mines, indexer, sender and settlements; the model `gated` waits for `gate`. */
export async function openPaidHouse() {
  const server = await serveGateway();
  vi.stubEnv('PUBLIC_URL', server.origin);
  const state = { gate: async () => {}, isMining: true };
  const gated = localAdapter(async ({ seed }) => {
    await state.gate();
    return { output: pixelsOf(seed), seedReported: seed };
  });
  const house = await openHouse({ gated });
  const { db } = house;
  await seedTestModel(db, await newPerson(db), { slug: 'gated', provider: 'gated', manifest: { name: 'Gated' } });
  await deployToTestChain((await platformSigner(db)).address);
  await testChain.send((await houseKey(db, 'treasury')).signer.address, '0x', parseEther('10'));
  const stopLoops = startLoops(db, [
    { name: 'mine', everyMs: 100, run: async () => void (state.isMining && (await testChain.mine())) },
    { ...createIndexer({ handlers: chainHandlers }), ...OFTEN },
    { ...createSender({ handlers: settlementHandlers }), ...OFTEN },
    { name: 'settle', ...OFTEN, run: () => settlePayments(db) },
  ]);
  return {
    ...{ db, state, images: `${server.origin}/api/v1/images/generations`, runs: `${server.origin}/api/v1/generations`, origin: server.origin },
    /** For a test that looks by itself, and is the last. */
    stopLoops,
    async funded(units: bigint): Promise<Payer> {
      const payer = await newPayer(units);
      await until(async () => (await usdcBalance(payer.address)) === units);
      return payer;
    },
    userOf: ({ address }: Payer) => db.prisma.user.findUnique({ where: { address } }),
    runsOf: ({ address }: Payer) =>
      db.prisma.generation.findMany({ where: { user: { address } }, include: { work: true }, orderBy: { createdAt: 'asc' } }),
    async creditsOf({ address }: Payer) {
      const user = await db.prisma.user.findUnique({ where: { address } });
      return user && getBalance(db, { userId: user.id, address });
    },
    lookNow: ({ address }: Payer) => db.pool.query('UPDATE x402_payment SET look_at = now() WHERE payer = $1', [address]),
    async close() {
      await stopLoops();
      await server.close();
      await house.close();
    },
  };
}

/** Sends what was signed, as anybody may. */
export async function sendAuthorized(payment: Payment): Promise<void> {
  const { from, to, value, validAfter, validBefore, nonce } = authorizationOf(payment) as Record<string, Hex>;
  const args = [from, to, BigInt(value ?? 0), BigInt(validAfter ?? 0), BigInt(validBefore ?? 0), nonce, payment.payload.signature] as never;
  await toUsdc(encodeFunctionData({ abi: localUsdcAbi, functionName: 'transferWithAuthorization', args }));
  await until(() => isUsed(from ?? '0x', nonce ?? ''));
}
