import { database } from '@/lib/db';
import { newId } from '@/lib/ids';
import { log } from '@/lib/log';
import { recordOrigins } from '@/lib/protection/record-origins';
import type { Caller } from '../doors/door';

type Call = {
  caller: Caller;
  /** Where it comes from: kept as a hash, apart from what was called. */
  address: string;
  route: string;
  modelSlug?: string;
  quoteId?: string;
  millicredits?: bigint;
  status: number;
  code: string | null;
  ms: number;
};
type Row = ReturnType<typeof toRow>;
type Origin = { userId: string; address: string };

const EVERY_MS = 1_000;
/** More than this, and what is written down would cost what it is about; the rest is dropped and said. */
const MOST_WAITING = 20_000;
const held = globalThis as { intaglioCalls?: { rows: Row[]; origins: Origin[]; timer: NodeJS.Timeout | null } };

function toRow({ caller, route, modelSlug, quoteId, millicredits = 0n, status, code, ms }: Call) {
  const who = { user: caller.actor.userId, key: caller.actor.apiKeyId ?? null, door: caller.door };
  const what = { route: route.slice(0, 200), model: modelSlug ?? null, quote: quoteId ?? null, millicredits: millicredits.toString() };
  return { id: newId(), at: new Date().toISOString(), ...who, ...what, status, code, ms };
}

/** Notes a call of somebody who was let in: of others there would be as many rows as they like. It is written with those of the same second, by nobody’s waiting: a process that is killed forgets a second of them. */
export function recordCall(call: Call): void {
  held.intaglioCalls ??= { rows: [], origins: [], timer: null };
  const waiting = held.intaglioCalls;
  if (waiting.rows.length >= MOST_WAITING) return;
  waiting.rows.push(toRow(call));
  waiting.origins.push({ userId: call.caller.actor.userId, address: call.address });
  if (waiting.rows.length === MOST_WAITING) log.error({ calls: MOST_WAITING }, 'calls of the gateway are not written down any more');
  waiting.timer ??= setTimeout(() => void writeCalls(), EVERY_MS).unref();
}

/** Writes down what waits. */
export async function writeCalls(): Promise<void> {
  const waiting = held.intaglioCalls;
  if (!waiting) return;
  const [rows, origins] = [waiting.rows.splice(0), waiting.origins.splice(0)];
  waiting.timer = null;
  if (rows.length === 0) return;
  try {
    await database().pool.query({ name: 'gateway_record', text: 'SELECT gateway_record($1)', values: [JSON.stringify(rows)] });
  } catch (err) {
    log.warn({ err, calls: rows.length }, 'calls of the gateway could not be written down');
  }
  await recordOrigins(database().pool, origins).catch((err: unknown) => log.warn({ err }, 'where calls came from could not be written down'));
}
