import { randomBytes } from 'node:crypto';
import { readJson, writeFileDurably } from '../../lib/files';
import { emptyTables, type StripeEvent, type Tables } from './tables';
import { missing } from './wire/fault';

export const API_VERSION = '2026-10-28.endive';

/** Everything the stand-in knows. Kept in a file, when there is one, before an answer leaves. */
export type World = {
  tables: Tables;
  /** Where its own pages are. */
  url: string;
  /** Told of each new event. */
  onEvent: (event: StripeEvent) => void;
  save(): void;
};

export function openWorld(file: string | undefined): World {
  const tables = { ...emptyTables(), ...(file ? readJson<Tables>(file) : undefined) };
  return {
    tables,
    url: '',
    onEvent: () => {},
    save: () => {
      if (file) writeFileDurably(file, JSON.stringify(tables), 0o600);
    },
  };
}

export const seconds = () => Math.floor(Date.now() / 1000);
export const newObjectId = (prefix: string) => `${prefix}_${randomBytes(12).toString('hex')}`;
export const base = (prefix: string, metadata: Record<string, string> = {}) => ({
  id: newObjectId(prefix),
  created: seconds(),
  livemode: false as const,
  metadata,
});

export function get<T>(table: Record<string, T>, kind: string, id: string, param?: string): T {
  const found = table[id];
  if (!found) throw missing(kind, id, param);
  return found;
}

/** Writes an event with the object as it is now, to be delivered to the endpoints. `account`: the connected account it is about. */
export function emit(world: World, type: string, object: object, account?: string): void {
  const event: StripeEvent = {
    id: newObjectId('evt'),
    object: 'event',
    ...(account ? { account } : {}),
    api_version: API_VERSION,
    created: seconds(),
    data: { object: structuredClone(object) },
    livemode: false,
    pending_webhooks: 1,
    request: { id: newObjectId('req'), idempotency_key: null },
    type,
  };
  world.tables.events[event.id] = event;
  world.tables.undelivered[event.id] = 0;
  world.onEvent(event);
}
