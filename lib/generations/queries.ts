import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { describeError, isErrorCode } from '@/lib/errors';
import { pictureParameter } from '@/lib/models/input-parameter';
import type { ParameterSchema } from '@/lib/models/schema';
import { readParams } from './read-params';
import type { GenerationDto, GenerationState, ReusableSettingsDto } from './schema';

type Row = {
  id: string;
  quote_id: string;
  ordinal: number;
  slug: string;
  state: GenerationState;
  sealed_at: Date | null;
  refunded_at: Date | null;
  cancel_requested_at: Date | null;
  ahead: number | null;
  waits_for_endpoint: boolean;
  progress_percent: number;
  seed: string;
  price_millicredits: string;
  pass_id: string | null;
  pass_hold_id: string | null;
  error_code: string | null;
  preview_small: string | null;
  text: string | null;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  deadline_at: Date;
};

function toDto(row: Row): GenerationDto {
  const code = row.error_code ?? (row.refunded_at ? 'seal_failed' : null);
  return {
    id: row.id,
    quoteId: row.quote_id,
    ordinal: row.ordinal,
    modelSlug: row.slug,
    state: row.state,
    sealed: row.sealed_at !== null,
    cancelRequested: row.cancel_requested_at !== null,
    queuePlace: row.ahead,
    waitsForEndpoint: row.waits_for_endpoint,
    progressPercent: row.progress_percent,
    seed: row.seed,
    priceMillicredits: row.price_millicredits,
    paidByPass: row.pass_hold_id && row.pass_id,
    error: isErrorCode(code) ? { code, message: describeError(code).message } : null,
    previewSrc: row.preview_small && `/media/${row.id}/${row.preview_small}.webp`,
    text: row.text,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    deadlineAt: row.deadline_at.toISOString(),
  };
}

/** SQL: the runs of whoever is $1, of the models $2 where it names any. */
const THEIR_RUNS = `SELECT g.*, m.slug, w.sealed_at, w.refunded_at, w.preview_small, CASE WHEN w.sealed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM takedown d WHERE d.work_id = w.id AND d.lifted_at IS NULL) THEN w.text END AS text,
    CASE WHEN g.state = 'held' THEN (SELECT count(*)::int FROM generation q WHERE q.state = 'held' AND (q.created_at, q.ordinal, q.id) < (g.created_at, g.ordinal, g.id)) END AS ahead,
    g.state = 'held' AND version_opens_at(g.version_digest) IS NOT NULL AS waits_for_endpoint
  FROM generation g JOIN model_version v ON v.digest = g.version_digest JOIN model m ON m.id = v.model_id LEFT JOIN work w ON w.id = g.id
  WHERE g.user_id = $1 AND ($2::uuid[] = '{}' OR v.model_id = ANY ($2))`;

/**
 * A statement each, so that each has a plan of its own: of somebody with a million runs, one is found by its key. Open: not ended, or captured and neither sealed
 * nor given back.
 */
const WHICH = {
  id: 'g.id = $3',
  quote: 'g.quote_id = $3',
  open: `($3::text IS NULL OR m.slug = $3) AND g.id IN (
    SELECT o.id FROM generation o WHERE o.user_id = $1 AND o.state IN ('held', 'running')
    UNION ALL SELECT u.id FROM work u WHERE u.owner_id = $1 AND u.sealed_at IS NULL AND u.refunded_at IS NULL)`,
};

/** A person's own runs: one, those of one quote, or the open ones, oldest first. `modelIds`: of these models alone. */
export async function listGenerations(
  { pool }: Database,
  actor: Actor,
  { id, quoteId, modelSlug, modelIds = [] }: { id?: string; quoteId?: string; open?: true; modelSlug?: string; modelIds?: readonly string[] },
): Promise<GenerationDto[]> {
  const which = id !== undefined ? 'id' : quoteId !== undefined ? 'quote' : 'open';
  const { rows } = await pool.query<Row>({
    name: `list_generations_${which}`,
    text: `${THEIR_RUNS} AND ${WHICH[which]} ORDER BY g.created_at, g.ordinal LIMIT 100`,
    values: [actor.userId, modelIds, id ?? quoteId ?? modelSlug ?? null],
  });
  return rows.map(toDto);
}

/** All runs of a person, newest first, from after the run with the id `after`. `modelIds`: of these models alone. */
export async function pageGenerations(
  { pool }: Database,
  actor: Actor,
  { after, size, modelIds = [] }: { after: string | null; size: number; modelIds?: readonly string[] },
): Promise<{ runs: GenerationDto[]; next: string | null }> {
  const { rows } = await pool.query<Row>({
    name: 'page_generations',
    text: `${THEIR_RUNS} AND ($3::uuid IS NULL OR (g.created_at, g.id) < (SELECT a.created_at, a.id FROM generation a WHERE a.id = $3 AND a.user_id = $1))
           ORDER BY g.created_at DESC, g.id DESC LIMIT $4 + 1`,
    values: [actor.userId, modelIds, after, size],
  });
  const runs = rows.slice(0, size).map(toDto);
  return { runs, next: rows.length > size ? (runs.at(-1)?.id ?? null) : null };
}

/** The settings of one of the person's own runs, to make another. Null where it is not theirs. */
export async function getReusableSettings({ prisma, pool }: Database, actor: Actor, id: string): Promise<ReusableSettingsDto | null> {
  const row = await prisma.generation.findFirst({
    where: { id, userId: actor.userId },
    select: {
      versionDigest: true,
      prompt: true,
      seed: true,
      paramsText: true,
      uploadId: true,
      version: { select: { manifest: true, model: { select: { slug: true } } } },
    },
  });
  const taken = await pool.query('SELECT 1 FROM takedown WHERE work_id = $1 AND lifted_at IS NULL', [id]);
  if (!row || taken.rows.length > 0) return null;
  const schema: ParameterSchema = JSON.parse(row.version.manifest).parameters;
  const params = readParams(row.paramsText, schema.properties);
  // A parent is named by the page's address, and an upload that was swept is not there to start from.
  const picture = pictureParameter(schema);
  if (picture && !row.uploadId) params[picture.name] = '';
  return { version: row.versionDigest, modelSlug: row.version.model.slug, prompt: row.prompt, seed: row.seed, params };
}
