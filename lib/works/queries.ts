import { z } from 'zod';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { uuidInput } from '@/lib/uuid-input';
import type { GalleryPage, WorkCardDto } from './schema';
import { PREVIEW_WIDTHS_PX } from './schema';

const PAGE = 24;

type CardRow = {
  id: string;
  label: string | null;
  slug: string;
  name: string;
  seed: string;
  beginning: string | null;
  width: number;
  height: number;
  preview_small: string;
  preview_large: string;
  minted: boolean;
  captured_at: Date;
};

/** SQL: whether anybody may open the page of a work `w`. */
export const HAS_PUBLIC_PAGE = `(w.shared_at IS NOT NULL OR EXISTS (SELECT 1 FROM token t WHERE t.receipt_digest = w.receipt_digest))`;

/** SQL: whether an operator took a work `w` down. Its page stays and says so; lists and files leave it out. */
export const IS_TAKEN_DOWN = `EXISTS (SELECT 1 FROM takedown d WHERE d.work_id = w.id AND d.lifted_at IS NULL)`;

/** SQL: whether anybody may see a work `w` itself. */
export const IS_PUBLIC = `(${HAS_PUBLIC_PAGE} AND NOT ${IS_TAKEN_DOWN})`;

/** SQL: the title in the voucher `vo` of a work `w`, for `viewer` (SQL). Until its token is minted it is its owner's to know. */
export const labelFor = (viewer: string) =>
  `CASE WHEN w.owner_id = ${viewer} OR EXISTS (SELECT 1 FROM token t WHERE t.receipt_digest = w.receipt_digest) THEN vo.label END AS label`;

/** What a work is called: its label once it has one, else model and the end of its seed. */
export function titleOf({ label, name, seed }: { label: string | null; name: string; seed: string }): string {
  return label ?? `${name} ${seed.length > 6 ? `…${seed.slice(-6)}` : seed}`;
}

/** So much of a text is read out for its card. */
const ALT_CHARACTERS = 160;

/** What a work's picture shows, in words: of a text, how it begins. */
export function altOf({ title, name, text }: { title: string; name: string; text: string | null }): string {
  if (text === null) return `${title}, made with ${name}`;
  const line = [...text.replace(/\s+/g, ' ').trim()];
  return `${title}, a text made with ${name}: ${line.slice(0, ALT_CHARACTERS).join('')}${line.length > ALT_CHARACTERS ? '…' : ''}`;
}

export function previewOf(workId: string, small: string, large: string) {
  const src = (digest: string) => `/media/${workId}/${digest}.webp`;
  return { small: src(small), large: src(large), smallWidthPx: PREVIEW_WIDTHS_PX.small, largeWidthPx: PREVIEW_WIDTHS_PX.large };
}

function toCard(row: CardRow): WorkCardDto {
  const title = titleOf(row);
  return {
    id: row.id,
    title,
    alt: altOf({ title, name: row.name, text: row.beginning }),
    modelSlug: row.slug,
    modelName: row.name,
    width: row.width,
    height: row.height,
    preview: previewOf(row.id, row.preview_small, row.preview_large),
    minted: row.minted,
    capturedAt: row.captured_at.toISOString(),
  };
}

const cursorSchema = z.object({ at: z.iso.datetime(), id: uuidInput });
export const writeCursor = (row: Pick<CardRow, 'id' | 'captured_at'>) =>
  Buffer.from(JSON.stringify({ at: row.captured_at.toISOString(), id: row.id })).toString('base64url');
/** A cursor that is not one of ours starts at the beginning. */
export function readCursor(cursor: string | undefined): { at: string; id: string } | null {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString()));
  } catch {
    return null;
  }
}

type PageOf = { where: string; values: unknown[]; viewer: string };

async function listPage({ pool }: Database, { where, values, viewer }: PageOf, cursor: string | undefined, limit: number): Promise<GalleryPage> {
  const after = readCursor(cursor);
  const { rows } = await pool.query<CardRow>(
    `SELECT w.id, ${labelFor(viewer)}, m.slug, m.name, g.seed, left(w.text, ${2 * ALT_CHARACTERS}) AS beginning, w.width, w.height, w.preview_small, w.preview_large, w.captured_at,
            EXISTS (SELECT 1 FROM token t WHERE t.receipt_digest = w.receipt_digest) AS minted
     FROM work w JOIN generation g ON g.id = w.id JOIN model_version v ON v.digest = w.version_digest JOIN model m ON m.id = v.model_id
          LEFT JOIN voucher vo ON vo.work_id = w.id
     WHERE w.sealed_at IS NOT NULL AND NOT ${IS_TAKEN_DOWN} AND ($1::timestamptz IS NULL OR (w.captured_at, w.id) < ($1, $2::uuid)) AND ${where}
     ORDER BY w.captured_at DESC, w.id DESC LIMIT ${limit + 1}`,
    [after?.at ?? null, after?.id ?? null, ...values],
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { works: shown.map(toCard), nextCursor: rows.length > limit && last ? writeCursor(last) : null };
}

/** Public works, newest first. */
export function listGallery(
  db: Database,
  { modelSlug, cursor, limit = PAGE }: { modelSlug?: string; cursor?: string; limit?: number } = {},
): Promise<GalleryPage> {
  const page = { where: `${IS_PUBLIC} AND ($3::text IS NULL OR m.slug = $3)`, values: [modelSlug ?? null], viewer: 'NULL' };
  return listPage(db, page, cursor, Math.min(limit, 100));
}

/** All of a person's own works, newest first. */
export function listMyWorks(db: Database, actor: Actor, { cursor }: { cursor?: string } = {}): Promise<GalleryPage> {
  return listPage(db, { where: 'w.owner_id = $3', values: [actor.userId], viewer: '$3' }, cursor, PAGE);
}

/** Sealed works by their ids, as anybody sees them. Whether the asker may see them is the caller's to have asked. */
export async function loadCards(db: Database, ids: string[]): Promise<Map<string, WorkCardDto>> {
  const { works } = await listPage(db, { where: 'w.id = ANY($3)', values: [ids], viewer: 'NULL' }, undefined, ids.length);
  return new Map(works.map((work) => [work.id, work]));
}

/** Id of the public work with this content (hex, with or without 0x), oldest first: where a token's external_url leads. */
export async function findWorkByContent({ pool }: Database, content: string): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT w.id FROM work w WHERE w.content = $1 AND ${HAS_PUBLIC_PAGE} ORDER BY w.captured_at LIMIT 1`,
    [`0x${content.replace(/^0x/, '').toLowerCase()}`],
  );
  return rows[0]?.id ?? null;
}
