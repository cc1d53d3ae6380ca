import 'server-only';
import type { Actor } from '@/lib/actor';
import { confirmationsAt, finalityAt } from '@/lib/chain/finality';
import { indexedHead } from '@/lib/chain/queries';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { titleOf } from '@/lib/works/queries';
import type { Token } from '@/prisma/client/client';
import type { MintStatusDto } from './schema';
import { suggestLabel } from './suggest-label';

const statusSelect = {
  ownerId: true,
  content: true,
  receiptDigest: true,
  sealedAt: true,
  sharedAt: true,
  capturedAt: true,
  voucher: { select: { label: true } },
  generation: { select: { mintPriceWei: true, seed: true } },
  version: { select: { chainId: true, collection: true, publishedAt: true, model: { select: { name: true } } } },
} as const;

/** Where a work stands on its way to being a token. Null when there is no such work, or it is neither public nor the actor's. */
export async function getMintStatus(db: Database, actor: Actor | null, workId: string): Promise<MintStatusDto | null> {
  const work = await db.prisma.work.findUnique({ where: { id: workId }, select: statusSelect });
  if (!work) return null;
  const { chainId, collection, publishedAt, model } = work.version;
  const token = await db.prisma.token.findFirst({ where: { receiptDigest: work.receiptDigest, chainId, collection } });
  const isOwner = actor?.userId === work.ownerId;
  if (!isOwner && !work.sharedAt && !token) return null;
  const label = isOwner || token ? (work.voucher?.label ?? null) : null;
  const fixed = {
    label,
    suggestedLabel: suggestLabel(titleOf({ label: null, name: model.name, seed: work.generation.seed })),
    priceWei: work.generation.mintPriceWei.toFixed(0),
    chainId,
    collection,
  };
  if (token) return { ...fixed, state: 'minted', ...(await progressOf(db, token)) };
  const isDraft = !publishedAt || work.capturedAt < publishedAt;
  const state = isDraft ? 'draft' : await unmintedState(db, { ...work, chainId, collection });
  return { ...fixed, state, tokenId: null, txHash: null, confirmations: 0, finality: null };
}

async function progressOf(db: Database, token: Token) {
  const head = await indexedHead(db, token.chainId);
  const confirmations = confirmationsAt(head?.number ?? 0n, token.blockNumber);
  return { tokenId: token.tokenId, txHash: token.txHash, confirmations, finality: finalityAt(confirmations, env.CONFIRMATIONS) };
}

type Unminted = { sealedAt: Date | null; voucher: { label: string } | null; chainId: number; collection: string; content: string };

async function unmintedState({ prisma }: Database, work: Unminted): Promise<'unsealed' | 'ready' | 'claimed' | 'duplicate'> {
  if (work.voucher) return 'claimed';
  if (!work.sealedAt) return 'unsealed';
  const { chainId, collection, content } = work;
  const claimed = await prisma.voucher.findUnique({
    where: { chainId_collection_content: { chainId, collection, content } },
    select: { workId: true },
  });
  const minted = claimed ?? (await prisma.token.findFirst({ where: { chainId, collection, content }, select: { tokenId: true } }));
  return minted ? 'duplicate' : 'ready';
}
