import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import type { Scope } from '../schema';

/** Who is at the gateway, and what they may do with what they came with. */
export type Caller = {
  door: 'key' | 'signature' | 'x402';
  actor: Actor;
  scopes: readonly Scope[];
  /** The models that it is for; none: all. */
  modelIds: readonly string[];
  /** The pass that runs are made with, where what they came with names one. */
  passId: string | null;
};

/** What was counted of a call under a name, with this call. */
export type Counted = { name: string; points: number; resetsMs: number };

/** `body`: all of it, as it came. `address`: where the call comes from. */
export type Knock = { request: Request; body: Buffer; address: string };

/**
 * A way of saying who asks. The first that a request comes to answers it: none falls back to another. It counts the call under `addressName`, the caller's
 * wallet and what they came with (lib/gateway/limits.ts), for whoever is let in and, where a query was made, whoever is not.
 */
export type Door = {
  isFor(request: Request): boolean;
  open(db: Database, knock: Knock): Promise<{ caller: Caller; counted: Counted[] }>;
};
