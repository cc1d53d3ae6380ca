import { setTimeout as sleep } from 'node:timers/promises';
import type { Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { getBalance } from '@/lib/credits/queries';
import type { Database } from '@/lib/db';
import { quote } from '@/lib/generations/quote';
import { startGenerations } from '@/lib/generations/start-generations';
import { issueVoucher } from '@/lib/mint/issue-voucher';
import { shareWork } from '@/lib/works/share-work';
import { SEED_WORKS } from './house-models';
import type { houseWallet } from './house-wallet';
import { grantCredits } from './people';

const GRANT_MILLICREDITS = 1_000_000n;
const PATIENCE_MS = 300_000;

/** Makes the gallery's first works through the run path that everyone uses; the worker runs them. What is there already is not made again. */
export async function makeWorks(db: Database, collector: Actor, say: (line: string) => void): Promise<void> {
  if (BigInt((await getBalance(db, collector)).availableMillicredits) < GRANT_MILLICREDITS / 2n)
    await grantCredits(db, collector, GRANT_MILLICREDITS);
  for (const { model, prompt, seed, width, height } of SEED_WORKS) {
    if (await findRun(db, collector, { model, prompt, seed })) continue;
    const version = await db.prisma.modelVersion.findFirstOrThrow({
      where: { model: { slug: model }, publishedAt: { not: null } },
      orderBy: { number: 'desc' },
    });
    const { token } = await quote(db, collector, { version: version.digest, prompt, params: { width, height }, seed, count: 1 });
    await startGenerations(db, collector, { token });
  }
  for (const [i, work] of SEED_WORKS.entries()) {
    await shareWork(db, collector, { id: await sealedWork(db, collector, work), shared: true });
    say(`${i + 1} of ${SEED_WORKS.length} works hang in the gallery`);
  }
}

type Wanted = Pick<(typeof SEED_WORKS)[number], 'model' | 'prompt' | 'seed'>;

const findRun = (db: Database, collector: Actor, { model, prompt, seed }: Wanted) =>
  db.prisma.generation.findFirst({
    where: { userId: collector.userId, prompt, seed, version: { model: { slug: model } }, state: { in: ['held', 'running', 'captured'] } },
    include: { work: { select: { sealedAt: true } } },
  });

/** Waits for the worker. Throws where the run ended without a work, or takes too long. */
async function sealedWork(db: Database, collector: Actor, wanted: Wanted): Promise<string> {
  for (const started = Date.now(); Date.now() - started < PATIENCE_MS; await sleep(200)) {
    const run = await findRun(db, collector, wanted);
    if (!run) throw new Error(`“${wanted.prompt}” was not delivered: see worker.log`);
    if (run.work?.sealedAt) return run.id;
  }
  throw new Error(`“${wanted.prompt}” was not sealed in ${PATIENCE_MS / 1000} s: see worker.log`);
}

/** Mints the labelled ones from the house's own wallet; the indexer then shows them as minted. */
export async function mintWorks(db: Database, collector: Actor, wallet: Awaited<ReturnType<typeof houseWallet>>): Promise<void> {
  for (const work of SEED_WORKS) {
    if (!work.label) continue;
    const id = await sealedWork(db, collector, work);
    const voucher = await db.prisma.voucher.findUnique({ where: { workId: id } });
    if (voucher && (await isMinted(wallet, voucher.collection as Hex, voucher.tokenId as Hex))) continue;
    const call = await issueVoucher(db, collector, { workId: id, label: work.label });
    await wallet.send(call.collection, call.data, BigInt(call.valueWei));
  }
}

/** The chain is asked, not the index: a token sent a moment ago is not there yet. */
async function isMinted({ publicClient }: Awaited<ReturnType<typeof houseWallet>>, collection: Hex, tokenId: Hex): Promise<boolean> {
  return publicClient.readContract({ address: collection, abi: workCollectionAbi, functionName: 'ownerOf', args: [BigInt(tokenId)] }).then(
    () => true,
    () => false,
  );
}
