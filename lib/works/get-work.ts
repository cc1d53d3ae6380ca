import type { Actor } from '@/lib/actor';
import { confirmationsAt, finalityAt } from '@/lib/chain/finality';
import { indexedHead } from '@/lib/chain/queries';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { inputParameter } from '@/lib/models/input-parameter';
import { labelOf } from '@/lib/models/labels';
import { licenceOf } from '@/lib/models/licences';
import { loadVersion } from '@/lib/models/load-version';
import { isDisputed } from '@/lib/payments/card/queries';
import { paidBy } from './paid-by';
import { altOf, previewOf, titleOf } from './queries';
import type { TokenDto, WorkDto, WorkHistoryEntry } from './schema';

const include = {
  owner: { select: { address: true } },
  generation: true,
  voucher: true,
  version: { select: { number: true, model: { select: { slug: true, name: true } } } },
} as const;

type TokenRow = NonNullable<Awaited<ReturnType<typeof tokenOf>>>;
const tokenOf = (db: Database, receiptDigest: string) =>
  db.prisma.token.findFirst({ where: { receiptDigest }, include: { transfers: { orderBy: [{ blockNumber: 'asc' }, { ordinal: 'asc' }] } } });

/** A work's page. Null where there is none, or where it is private and the asker is not its owner. */
export async function getWork(db: Database, actor: Actor | null, id: string): Promise<WorkDto | null> {
  const work = await db.prisma.work.findUnique({ where: { id }, include });
  if (!work) return null;
  const token = await tokenOf(db, work.receiptDigest);
  const isOwner = actor?.userId === work.ownerId;
  if (!isOwner && !work.sharedAt && !token) return null;
  const version = await loadVersion(db, work.versionDigest);
  const { generation: run, voucher } = work;
  const { name, slug } = work.version.model;
  // Until it is minted, what it will be called is its owner's to know.
  const label = token || isOwner ? (voucher?.label ?? null) : null;
  const title = titleOf({ label, name, seed: run.seed });
  const [paymentDisputed, takedown] = await Promise.all([isDisputed(db.pool, work.id), takedownOf(db, work.id)]);
  const mayDownload = !takedown && work.sealedBlob && !work.refundedAt && (token || (isOwner && !paymentDisputed));
  return {
    id: work.id,
    title,
    alt: altOf({ title, name, text: takedown ? null : work.text }),
    modelSlug: slug,
    modelName: name,
    width: work.width,
    height: work.height,
    takedown,
    preview: !takedown && work.previewSmall && work.previewLarge ? previewOf(work.id, work.previewSmall, work.previewLarge) : null,
    body: work.text === null ? { kind: 'image' } : { kind: 'text', text: work.sealedAt && !work.refundedAt && !takedown ? work.text : null },
    remixable:
      !takedown &&
      work.sealedAt !== null &&
      work.refundedAt === null &&
      licenceOf(version.manifest.licence)?.derivatives !== false &&
      (work.kind === 'image' || inputParameter(version.manifest.parameters)?.takes === 'text'),
    parentWork: run.parentWorkId ? await parentOf(db, actor, run.parentWorkId) : null,
    minted: token !== null,
    capturedAt: work.capturedAt.toISOString(),
    ownerAddress: token?.owner ?? work.owner.address,
    isOwner,
    paymentDisputed,
    shared: work.sharedAt !== null,
    versionNumber: work.version.number,
    versionDigest: version.digest,
    reproducibility: version.manifest.reproducibility,
    signerCustody: version.manifest.signerCustody,
    signerAddress: version.signerAddress,
    seed: run.seed,
    params: Object.entries(JSON.parse(run.paramsText) as Record<string, string | boolean>).map(([key, value]) => {
      const property = version.manifest.parameters.properties[key];
      return {
        name: key,
        title: property?.title ?? key,
        value: labelOf(property, value) ?? (property?.contentMediaType && !value ? 'none' : String(value)),
      };
    }),
    paramsText: run.paramsText,
    digests: { content: work.content, paramsHash: run.paramsHash, promptHash: run.promptHash, receipt: work.receiptDigest, parent: run.parent },
    signature: work.signature,
    chainId: version.chainId,
    collection: version.collection,
    priceMillicredits: run.priceMillicredits.toString(),
    paidByPass: await paidBy(db, run),
    file: mayDownload ? { href: `/works/${work.id}/file`, bytes: work.sealedBytes ?? 0, name: fileName(slug, work.content, 'png') } : null,
    textFile:
      mayDownload && work.text !== null
        ? { href: `/works/${work.id}/text`, bytes: Buffer.byteLength(work.text), name: fileName(slug, work.content, 'txt') }
        : null,
    history: historyOf(work, token),
    mintPriceWei: run.mintPriceWei.toFixed(0),
    label,
    token: token && voucher ? await toTokenDto(db, token, voucher) : null,
  };
}

async function takedownOf({ prisma }: Database, workId: string): Promise<WorkDto['takedown']> {
  const standing = await prisma.takedown.findFirst({ where: { workId, liftedAt: null } });
  return standing && { reason: standing.reason, at: standing.takenDownAt.toISOString() };
}

/** A parent as its child's page names it: null where the asker may not see it. */
async function parentOf(db: Database, actor: Actor | null, id: string): Promise<WorkDto['parentWork']> {
  const parent = await db.prisma.work.findUnique({ where: { id }, include });
  if (!parent) return null;
  const [isMinted, isOwner] = [(await tokenOf(db, parent.receiptDigest)) !== null, parent.ownerId === actor?.userId];
  if (!isMinted && !isOwner && parent.sharedAt === null) return null;
  return {
    id,
    title: titleOf({
      label: isMinted || isOwner ? (parent.voucher?.label ?? null) : null,
      name: parent.version.model.name,
      seed: parent.generation.seed,
    }),
  };
}

export function fileName(slug: string, content: string, extension: 'png' | 'txt' | 'receipt.json'): string {
  return `${slug}-${content.slice(2, 10)}.${extension}`;
}

async function toTokenDto(db: Database, token: TokenRow, cids: { metadataCid: string; imageCid: string }): Promise<TokenDto> {
  const head = await indexedHead(db, token.chainId);
  const confirmations = head ? confirmationsAt(head.number, token.blockNumber) : 0;
  const { chainId, collection, tokenId, owner, minter, txHash } = token;
  return {
    ...{ chainId, collection, tokenId, owner, minter, txHash, confirmations },
    blockNumber: token.blockNumber.toString(),
    finality: finalityAt(confirmations, env.CONFIRMATIONS),
    metadataCid: cids.metadataCid,
    imageCid: cids.imageCid,
  };
}

type Dated = { generation: { createdAt: Date; passHoldId: string | null }; capturedAt: Date; sealedAt: Date | null; sharedAt: Date | null };
function historyOf(work: Dated, token: TokenRow | null): WorkHistoryEntry[] {
  const [held, captured] = work.generation.passHoldId ? ['a run of a pass held', 'the pass’s run used'] : ['credits held', 'credits captured'];
  const entries: (WorkHistoryEntry | null)[] = [
    { at: work.generation.createdAt.toISOString(), kind: 'started', text: `Run started, ${held}` },
    { at: work.capturedAt.toISOString(), kind: 'captured', text: `Delivered, stored and attested; ${captured}` },
    work.sealedAt && { at: work.sealedAt.toISOString(), kind: 'sealed', text: 'Record sealed into the file' },
    work.sharedAt && { at: work.sharedAt.toISOString(), kind: 'shared', text: 'Shown in the gallery' },
    token && { at: token.mintedAt.toISOString(), kind: 'minted', text: `Minted by ${token.minter}`, txHash: token.txHash },
    ...(token?.transfers ?? [])
      .filter((transfer) => !/^0x0+$/.test(transfer.from))
      .map((t): WorkHistoryEntry => ({ at: t.at.toISOString(), kind: 'transferred', text: `Passed to ${t.to}`, txHash: t.txHash })),
  ];
  return entries.filter((entry) => entry !== null).sort((a, b) => a.at.localeCompare(b.at));
}
