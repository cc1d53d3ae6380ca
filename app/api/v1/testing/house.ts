import { randomBytes } from 'node:crypto';
import type { SessionActor } from '@/lib/actor';
import { type Database, openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { createKey } from '@/lib/gateway/keys/create-key';
import { type CreateKeyInput, createKeyInput } from '@/lib/gateway/schema';
import type { Adapters } from '@/lib/generations/call-endpoint';
import { generationTasks } from '@/lib/generations/jobs';
import { failing } from '@/lib/generations/testing/scripted-adapters';
import { localAdapter } from '@/lib/inference/local-adapter';
import { startWorker } from '@/lib/jobs/worker';
import { workTasks } from '@/lib/works/jobs';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedPixels, seedTestModel } from '@/prisma/seed/test-model';

export const WORDS = 'A line that was pressed, and not drawn.';

/** Somebody of no stored session, with credits. */
export async function newPerson(db: Database, millicredits = 0n): Promise<SessionActor> {
  const actor = await seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
  if (millicredits > 0n) await grantCredits(db, actor, millicredits);
  return { ...actor, sessionId: 'none' };
}

/** A key that may do everything, but for what is said. */
export function newKey(db: Database, actor: SessionActor, more: Partial<CreateKeyInput> = {}): Promise<{ id: string; secret: string }> {
  const all = { name: 'Test', scopes: ['read' as const, 'run' as const], models: [], passId: null };
  return createKey(db, actor, createKeyInput.parse({ ...all, capTotal: null, capDay: null, capMonth: null, expiresAt: null, ...more }));
}

/** A model of pictures (`proof`), one of texts (`lines`) and one that always fails (`broken`), with a worker that makes their works. STORAGE_DIR is the caller’s to set before. `adapters`: those of more models. */
export async function openHouse(adapters: Adapters = {}): Promise<{ db: Database; close: () => Promise<void> }> {
  const db = openDatabase(env.DATABASE_URL);
  const creator = await newPerson(db);
  await seedTestModel(db, creator);
  await seedTestModel(db, creator, { slug: 'lines', provider: 'words', manifest: { name: 'Lines', kind: 'text', seedKind: 'none' } });
  await seedTestModel(db, creator, { slug: 'broken', provider: 'broken', manifest: { name: 'Broken' } });
  const words = localAdapter(async () => ({ output: { kind: 'text', text: WORDS }, seedReported: null }));
  const worker = await startWorker(db, {
    tasks: { ...generationTasks(db, { test: seedPixels, words, broken: failing('maybe'), ...adapters }), ...workTasks },
    loops: [],
    concurrency: 2,
  });
  return {
    db,
    close: async () => {
      await worker.stop();
      await db.close();
    },
  };
}
