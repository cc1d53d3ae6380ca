import 'server-only';
import type { CID } from 'multiformats/cid';
import type { Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { cidText } from '@/lib/protocol/cid';
import { type Block, fileDag } from '@/lib/protocol/file-dag';
import { isTakenDown } from '@/lib/provenance/public-work';
import { storage } from '@/lib/storage/storage';
import { namedFile, type PlannedFile, type PlannedToken, planCollection, rawFile } from './plan-collection';

/** Some gigabytes to tens of them. What is listed of each, before the first byte leaves, is a few hundred bytes. */
const MAX_TOKENS = 20_000;
const SIZES_AT_ONCE = 32;

export type CollectionExport = { root: CID; blocks: AsyncIterable<Block>; name: string };

/**
 * Everything that a creator's minted works need, as the blocks of one folder: whoever keeps its root keeps all of it. Their own collection only, the
 * one of the model's newest published version. Throws `not_found`, also where nothing is minted; `too_large`.
 */
export async function exportCollection(db: Database, actor: Actor, { slug }: { slug: string }): Promise<CollectionExport> {
  const home = await db.prisma.modelVersion.findFirst({
    where: { publishedAt: { not: null }, model: { slug, creatorId: actor.userId } },
    orderBy: { number: 'desc' },
    select: { chainId: true, collection: true },
  });
  if (!home) throw new AppError('not_found');
  const tokens = await listTokens(db, home);
  if (tokens.length === 0) throw new AppError('not_found');
  if (tokens.length > MAX_TOKENS) throw new AppError('too_large');
  const { root, order } = planCollection(tokens, await listManifests(db, home));
  async function* blocks(): AsyncGenerator<Block> {
    for (const planned of order) {
      if ('directory' in planned) yield planned.directory.block;
      else yield* await blocksOf(db, planned.file);
    }
  }
  return { root, blocks: blocks(), name: `collection-${home.chainId}-${home.collection}.car` };
}

type Home = { chainId: number; collection: string };
type Row = {
  token_id: Hex;
  work_id: string;
  metadata_bytes: number;
  image_cid: string;
  sealed_blob: string;
  preview_large: string | null;
  taken_down: boolean;
};

async function listTokens({ pool }: Database, { chainId, collection }: Home): Promise<PlannedToken[]> {
  const { rows } = await pool.query<Row>(
    `SELECT t.token_id, v.work_id, octet_length(v.metadata) AS metadata_bytes, v.image_cid, v.sealed_blob, w.preview_large,
            EXISTS (SELECT 1 FROM takedown d WHERE d.work_id = w.id AND d.lifted_at IS NULL) AS taken_down
       FROM token t JOIN voucher v USING (chain_id, collection, token_id) JOIN work w ON w.id = v.work_id
      WHERE t.chain_id = $1 AND t.collection = $2 ORDER BY t.token_id LIMIT $3`,
    [chainId, collection, MAX_TOKENS + 1],
  );
  const tokens: PlannedToken[] = [];
  for (let at = 0; at < rows.length; at += SIZES_AT_ONCE) tokens.push(...(await Promise.all(rows.slice(at, at + SIZES_AT_ONCE).map(planToken))));
  return tokens;
}

async function planToken(row: Row): Promise<PlannedToken> {
  const metadata = rawFile(row.token_id, row.metadata_bytes, { metadataOf: row.work_id });
  // What an operator took down leaves by no other door: the metadata names it, and that is the chain's.
  if (row.taken_down) return { tokenId: row.token_id, metadata, image: null, preview: null };
  const [image, preview] = await Promise.all([storage().size(row.sealed_blob), row.preview_large ? storage().size(row.preview_large) : 0]);
  return {
    tokenId: row.token_id,
    metadata,
    image: namedFile(row.image_cid, image, { blob: row.sealed_blob, ofWork: row.work_id }),
    preview: row.preview_large ? rawFile(`0x${row.preview_large}`, preview, { blob: row.preview_large, ofWork: row.work_id }) : null,
  };
}

async function listManifests({ prisma }: Database, { chainId, collection }: Home) {
  const rows = await prisma.modelVersion.findMany({
    where: { chainId, collection, publishedAt: { not: null } },
    orderBy: { digest: 'asc' },
    select: { digest: true, manifest: true },
  });
  return rows.map(({ digest, manifest }) => {
    const version = digest as Hex;
    return { version, file: rawFile(version, Buffer.byteLength(manifest), { manifestOf: digest }) };
  });
}

/** The blocks of a file, read when its turn comes. Throws rather than send bytes of another CID than the folder names. */
async function blocksOf(db: Database, file: PlannedFile): Promise<Block[]> {
  const blocks = await fileDag(await read(db, file));
  if (blocks[0].cid.toString() !== cidText(file.cid)) throw new Error(`what is stored is not ${cidText(file.cid)}`);
  return blocks;
}

async function read({ prisma }: Database, { from }: PlannedFile): Promise<Uint8Array> {
  if ('blob' in from) {
    // An export takes minutes, and its folder was made before: what was taken down since cannot be left out of it any more.
    if (await isTakenDown(prisma, from.ofWork)) throw new AppError('taken_down');
    return storage().get(from.blob);
  }
  if ('metadataOf' in from) {
    const { metadata } = await prisma.voucher.findUniqueOrThrow({ where: { workId: from.metadataOf }, select: { metadata: true } });
    return Buffer.from(metadata);
  }
  const { manifest } = await prisma.modelVersion.findUniqueOrThrow({ where: { digest: from.manifestOf }, select: { manifest: true } });
  return Buffer.from(manifest);
}
