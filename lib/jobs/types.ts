import type { Database } from '@/lib/db';

/** What a task is given beside its payload. `signal` aborts when the worker stops. */
export type JobContext = { db: Database; signal: AbortSignal; attempt: number; maxAttempts: number };
export type Task = (payload: unknown, context: JobContext) => Promise<void>;

/** Work that every worker process repeats: sweeping, indexing. Runs never overlap within a process. */
export type Loop = { name: string; everyMs: number; run: (db: Database) => Promise<void> };
