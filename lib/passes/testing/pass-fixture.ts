import { type Hex, parseEventLogs } from 'viem';
import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import type { PlannedCallDto } from '@/lib/chain/schema';
import { testChain } from '@/lib/chain/testing/env-chain';
import type { Database } from '@/lib/db';
import { cidText, RAW } from '@/lib/protocol/cid';
import { seedPerson } from '@/prisma/seed/people';
import { seedTestModel } from '@/prisma/seed/test-model';
import { passIdOf } from '../pass-id';
import { planTiers } from '../plan-tiers';
import { accessRule } from '../schema';
import { setAccess } from '../set-access';
import { type tierInput, tiersInput } from '../tier-schema';

const DAY = 86_400;
export const PRICE_WEI = 10n ** 15n;
export const CREATOR_WALLET = 8;

/** A tier of everyday terms: 30 days, 100 runs in each, three days to give it back. */
export const testTier = (label: string, other: Partial<z.input<typeof tierInput>> = {}): z.input<typeof tierInput> => ({
  label,
  priceWei: PRICE_WEI.toString(),
  durationSeconds: 30 * DAY,
  refundWindowSeconds: 3 * DAY,
  cap: 100,
  imageCid: cidText({ codec: RAW, digest: `0x${'ab'.repeat(32)}` }),
  terms: { includedRuns: 100 },
  ...other,
});

export const person = (db: Database, wallet: number): Promise<Actor> => seedPerson(db, testChain.wallet(wallet).account.address);

/** Sends planned calls as a wallet does, and mines each. Returns how the last one went, and its hash. */
export async function sendCalls(calls: Pick<PlannedCallDto, 'to' | 'data' | 'valueWei'>[], wallet: number): Promise<{ hash: Hex; status: string }> {
  let last: { hash: Hex; status: string } = { hash: '0x', status: 'nothing sent' };
  for (const { to, data, valueWei } of calls) {
    const hash = await testChain.wallet(wallet).sendTransaction({ to: to as Hex, data: data as Hex, value: BigInt(valueWei), gas: 3_000_000n });
    await testChain.mine();
    last = { hash, status: (await testChain.client.getTransactionReceipt({ hash })).status };
  }
  return last;
}

export type Passes = { creator: Actor; modelId: string; collection: Hex };

/** A creator with a published model and a collection of passes on the test file's chain; tiers are numbered from 1. */
export async function openPasses(db: Database, slug: string, tiers: z.input<typeof tierInput>[], wallet = CREATOR_WALLET): Promise<Passes> {
  const creator = await person(db, wallet);
  const { digest } = await seedTestModel(db, creator, { slug, manifest: { name: slug } });
  const { modelId } = await db.prisma.modelVersion.findUniqueOrThrow({ where: { digest } });
  const plan = await planTiers(db, creator, tiersInput.parse({ name: slug, tiers }));
  const { status } = await sendCalls(plan.calls, wallet);
  if (status !== 'success') throw new Error(`opening the passes: ${status}`);
  return { creator, modelId, collection: plan.collection as Hex };
}

/** Sends a purchase without mining it. */
export function sendBuy({ collection }: Passes, wallet: number, tierId = 1, { to, nonce }: { to?: Hex; nonce?: number } = {}): Promise<Hex> {
  const { account, writeContract } = testChain.wallet(wallet);
  const args = [BigInt(tierId), to ?? account.address] as const;
  return writeContract({ address: collection, abi: passCollectionAbi, functionName: 'buy', args, value: PRICE_WEI, gas: 300_000n, nonce });
}

/** Buys a pass in a block of its own. Returns its id. */
export async function buyPass(passes: Passes, wallet: number, tierId = 1): Promise<string> {
  const hash = await sendBuy(passes, wallet, tierId);
  await testChain.mine();
  const { logs } = await testChain.client.getTransactionReceipt({ hash });
  const [bought] = parseEventLogs({ abi: passCollectionAbi, logs, eventName: 'Bought' });
  if (!bought) throw new Error('nothing was bought');
  return passIdOf(31_337, passes.collection, bought.args.tokenId);
}

/** Moves a pass to another wallet's account, and mines it. */
export async function givePass({ collection }: Passes, tokenId: bigint, from: number, to: number): Promise<void> {
  const [giver, receiver] = [testChain.wallet(from), testChain.wallet(to).account.address];
  const args = [giver.account.address, receiver, tokenId] as const;
  await giver.writeContract({ address: collection, abi: passCollectionAbi, functionName: 'transferFrom', args, gas: 300_000n });
  await testChain.mine();
}

export const setRule = (db: Database, { creator, modelId }: Passes, rule: unknown, earlyUntil: string | null = null): Promise<void> =>
  setAccess(db, creator, { modelId, rule: accessRule.parse(rule), earlyUntil });

/** The head is asked once a second for everyone; what has to see a block of just now waits that long. */
export const untilHeadIsAsked = (): Promise<void> => new Promise((done) => setTimeout(done, 1050));
