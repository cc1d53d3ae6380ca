import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { querySoon } from './query-soon';
import type { UsageDto, UsageFigures, UsageGroup, UsageSpan } from './schema';
import { bucketsOf } from './usage-span';
import { usageErrorsSql, usageLinesSql, usageSql, type Whose } from './usage-sql';

type Row = UsageFigures & { keyId: string | null; modelSlug: string | null; door: string | null; bucket: Date | null };
type GroupRow = Row & { by: 'key' | 'model' | 'door' | 'bucket' | 'total' };
/** A line of the CSV: one hour or day of one key, model and door. */
export type UsageLine = UsageFigures & { at: string; key: string | null; model: string | null; door: string | null };

const NOTHING: UsageFigures = { calls: 0, errors: 0, p50Ms: null, p95Ms: null, runs: 0, delivered: 0, millicredits: '0' };
const DOORS: Record<string, string> = { key: 'API key', signature: 'Signed by the wallet', x402: 'Paid by the call', site: 'On the pages' };

type Asked = { whose: Whose; who: string; span: UsageSpan; keys: Map<string, string> };

/** What a person's programs did: calls, and runs they started. Throws `too_large` where that is too much to count, as all of these do. */
export async function getUsage(db: Database, actor: Actor, span: UsageSpan): Promise<UsageDto> {
  return read(db, actor, { whose: 'holder', who: actor.userId, span, keys: await keyNames(db, actor) });
}

/** What was done with a model of one's own: calls that named it, and runs that ended, those started on the pages too. Throws `not_found`. */
export async function getModelUsage(db: Database, actor: Actor, slug: string, span: UsageSpan): Promise<UsageDto> {
  await ownSlug(db, actor, slug);
  return read(db, actor, { whose: 'creator', who: slug, span, keys: new Map() });
}

export async function listUsageLines(db: Database, actor: Actor, span: UsageSpan): Promise<UsageLine[]> {
  return lines(db, actor, { whose: 'holder', who: actor.userId, span, keys: await keyNames(db, actor) });
}

export async function listModelUsageLines(db: Database, actor: Actor, slug: string, span: UsageSpan): Promise<UsageLine[]> {
  await ownSlug(db, actor, slug);
  return lines(db, actor, { whose: 'creator', who: slug, span, keys: new Map() });
}

async function ownSlug({ prisma }: Database, { userId }: Actor, slug: string): Promise<void> {
  if ((await prisma.model.count({ where: { slug, creatorId: userId } })) === 0) throw new AppError('not_found');
}

async function keyNames({ prisma }: Database, { userId }: Actor): Promise<Map<string, string>> {
  const keys = await prisma.apiKey.findMany({ where: { userId }, select: { id: true, name: true, start: true } });
  return new Map(keys.map(({ id, name, start }) => [id, `${name} (${start}…)`]));
}

async function read(db: Database, { userId }: Actor, { whose, who, span, keys }: Asked): Promise<UsageDto> {
  const values = [who, span.from, span.to, span.bucket];
  const rows = await querySoon<GroupRow>(db, userId, usageSql(whose), values);
  const errors = await querySoon<{ code: string; calls: number }>(db, userId, usageErrorsSql(whose), values);
  const groups = (by: GroupRow['by'], idOf: (row: GroupRow) => string | null, nameOf: (id: string) => string): UsageGroup[] =>
    rows
      .filter((row) => row.by === by)
      .flatMap((row) => (idOf(row) === null ? [] : [{ ...figures(row), id: idOf(row) ?? '', name: nameOf(idOf(row) ?? '') }]))
      .sort((a, b) => b.runs - a.runs || b.calls - a.calls || a.id.localeCompare(b.id));
  const seen = new Map(groups('bucket', ({ bucket }) => bucket?.toISOString() ?? null, String).map((group) => [group.id, group]));
  const total = rows.find((row) => row.by === 'total');
  return {
    span,
    total: total ? figures(total) : NOTHING,
    byKey:
      whose === 'holder'
        ? groups(
            'key',
            ({ keyId }) => keyId,
            (id) => keys.get(id) ?? id,
          )
        : [],
    byModel: groups('model', ({ modelSlug }) => modelSlug, String),
    byDoor: groups(
      'door',
      ({ door }) => door,
      (id) => DOORS[id] ?? id,
    ),
    buckets: bucketsOf(span).map((at) => seen.get(at) ?? { ...NOTHING, id: at, name: at }),
    errors,
  };
}

async function lines(db: Database, { userId }: Actor, { whose, who, span, keys }: Asked): Promise<UsageLine[]> {
  const rows = await querySoon<Row>(db, userId, usageLinesSql(whose), [who, span.from, span.to, span.bucket]);
  return rows.map((row) => ({
    ...figures(row),
    at: row.bucket?.toISOString() ?? '',
    key: row.keyId && (keys.get(row.keyId) ?? row.keyId),
    model: row.modelSlug,
    door: row.door,
  }));
}

function figures({ calls, errors, p50Ms, p95Ms, runs, delivered, millicredits }: Row): UsageFigures {
  return { calls, errors, p50Ms, p95Ms, runs, delivered, millicredits: millicredits ?? '0' };
}
