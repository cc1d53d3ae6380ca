import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import type { LineageDto, LineageNode, LineageWork } from './lineage-schema';
import { HAS_PUBLIC_PAGE, labelFor, previewOf, readCursor, titleOf, writeCursor } from './queries';

const PARENTS_SHOWN = 4;
/** So far up a takedown is looked for. */
const PARENTS_ASKED = 32;
const CHILDREN_SHOWN = 12;

type Row = {
  id: string;
  label: string | null;
  name: string;
  seed: string;
  width: number;
  height: number;
  preview_small: string | null;
  preview_large: string | null;
  captured_at: Date;
  visible: boolean;
  reason: string | null;
  made: number;
};

/** SQL over a work `w` with its run `g`; $2 is who asks. */
const VISIBLE = `(${HAS_PUBLIC_PAGE} OR w.owner_id = $2)`;
const columns = `w.id, ${labelFor('$2')}, m.name, g.seed, w.width, w.height, w.preview_small, w.preview_large, w.captured_at,
  ${VISIBLE} AS visible, (SELECT d.reason FROM takedown d WHERE d.work_id = w.id AND d.lifted_at IS NULL) AS reason,
  (SELECT count(*)::int FROM generation made JOIN work w ON w.id = made.id WHERE made.parent_work_id = g.id AND w.sealed_at IS NOT NULL AND ${VISIBLE}) AS made`;
const joins = `JOIN generation g ON g.id = w.id JOIN model_version v ON v.digest = w.version_digest JOIN model m ON m.id = v.model_id
  LEFT JOIN voucher vo ON vo.work_id = w.id`;

/** What a work was made from and what was made from it, as far as the asker may see. Whether they may see the work itself is the caller's to ask. */
export async function getLineage(db: Database, actor: Actor | null, id: string, { cursor }: { cursor?: string } = {}): Promise<LineageDto> {
  const [above, below, privateChildren] = await Promise.all([
    ancestorsOf(db, actor, id),
    childrenOf(db, actor, id, cursor),
    countPrivate(db, actor, id),
  ]);
  const children = below.slice(0, CHILDREN_SHOWN);
  const last = children.at(-1);
  return {
    ...parentsShown(above),
    children: children.map(toNode),
    privateChildren,
    nextCursor: below.length > CHILDREN_SHOWN && last ? writeCursor(last) : null,
    takenDownAbove: takenDown(above),
  };
}

async function ancestorsOf({ pool }: Database, actor: Actor | null, id: string): Promise<Row[]> {
  const { rows } = await pool.query<Row>(
    `WITH RECURSIVE above AS (
       SELECT parent_work_id AS id, 1 AS depth FROM generation WHERE id = $1 AND parent_work_id IS NOT NULL
       UNION ALL
       SELECT p.parent_work_id, above.depth + 1 FROM above JOIN generation p ON p.id = above.id
        WHERE p.parent_work_id IS NOT NULL AND above.depth < ${PARENTS_ASKED})
     SELECT ${columns} FROM above JOIN work w ON w.id = above.id ${joins} ORDER BY above.depth`,
    [id, actor?.userId ?? null],
  );
  return rows;
}

/** Only those the asker may see: a cursor over the others would tell when they were made. */
async function childrenOf({ pool }: Database, actor: Actor | null, id: string, cursor: string | undefined): Promise<Row[]> {
  const after = readCursor(cursor);
  const { rows } = await pool.query<Row>(
    `SELECT ${columns} FROM work w ${joins}
      WHERE g.parent_work_id = $1 AND w.sealed_at IS NOT NULL AND ${VISIBLE} AND ($3::timestamptz IS NULL OR (w.captured_at, w.id) < ($3, $4::uuid))
      ORDER BY w.captured_at DESC, w.id DESC LIMIT ${CHILDREN_SHOWN + 1}`,
    [id, actor?.userId ?? null, after?.at ?? null, after?.id ?? null],
  );
  return rows;
}

async function countPrivate({ pool }: Database, actor: Actor | null, id: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM work w JOIN generation g ON g.id = w.id
      WHERE g.parent_work_id = $1 AND w.sealed_at IS NOT NULL AND NOT coalesce(${VISIBLE}, false)`,
    [id, actor?.userId ?? null],
  );
  return rows[0]?.count ?? 0;
}

/** How many of them, from the nearest on, the asker may see without looking past a private one. */
function seenOf(above: Row[]): number {
  const first = above.findIndex(({ visible }) => !visible);
  return first === -1 ? above.length : first;
}

function parentsShown(above: Row[]): Pick<LineageDto, 'parents' | 'moreAbove'> {
  const seen = seenOf(above);
  const nodes: LineageNode[] = above.slice(0, seen).map(toNode);
  if (seen < above.length) nodes.push({ kind: 'private' });
  return { parents: nodes.slice(0, PARENTS_SHOWN), moreAbove: nodes.length > PARENTS_SHOWN };
}

function takenDown(above: Row[]): LineageDto['takenDownAbove'] {
  const seen = seenOf(above);
  const told: LineageDto['takenDownAbove'] = above
    .slice(0, seen)
    .flatMap((row) => (row.reason === null ? [] : [{ work: { id: row.id, title: titleOf(row), reason: row.reason } }]));
  return above.slice(seen).some(({ reason }) => reason !== null) ? [...told, { work: null }] : told;
}

function toNode(row: Row): LineageWork {
  return {
    kind: 'work',
    id: row.id,
    title: titleOf(row),
    modelName: row.name,
    width: row.width,
    height: row.height,
    preview: row.reason === null && row.preview_small && row.preview_large ? previewOf(row.id, row.preview_small, row.preview_large) : null,
    takenDown: row.reason,
    made: row.made,
  };
}
