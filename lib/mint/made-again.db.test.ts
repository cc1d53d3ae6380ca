import { afterAll, beforeAll, expect, test } from 'vitest';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { openDatabase } from '@/lib/db';
import { listGenerations } from '@/lib/generations/queries';
import { quote } from '@/lib/generations/quote';
import { createRunGeneration } from '@/lib/generations/run-generation';
import { startGenerations } from '@/lib/generations/start-generations';
import { embeddedAdapter } from '@/lib/inference/embedded';
import { HOUSE_MODELS } from '@/lib/inference/house/models';
import { createHousePool } from '@/lib/inference/house/pool';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { cidText, RAW } from '@/lib/protocol/cid';
import { readRecord } from '@/lib/protocol/png-record';
import type { ReRunMessage } from '@/lib/provenance/re-run/messages';
import { engineOf, manifestOf, planReRun } from '@/lib/provenance/re-run/plan-re-run';
import { runInWorker } from '@/lib/provenance/re-run/run-in-worker';
import { readSealedFile } from '@/lib/works/read-file';
import { sealWork } from '@/lib/works/seal-work';
import { houseManifest } from '@/prisma/seed/house-models';
import { grantCredits } from '@/prisma/seed/people';
import { findPublicFile } from './public-file';
import { collector, publishOnTestChain } from './testing/mint-fixture';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const pool = createHousePool({ threads: 1 });
const context = { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 };

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
});
afterAll(async () => {
  await pool.close();
  await db.close();
});

const PROMPTS = { nacre: ' molten copper,\nand ash 🌊 ', strata: '', vitrail: 'Größe “still”' };

test.each(HOUSE_MODELS.map((model) => [model.id, model] as const))(
  'a work of %s that was run, paid and sealed comes out the same from its file, its published manifest and its opening',
  { timeout: 120_000 },
  async (id, model) => {
    const anna = await collector(db, 1);
    const { creator: _, ...rest } = houseManifest(model, `0x${'00'.repeat(20)}`);
    const { version } = await publishOnTestChain(db, id, { manifest: rest, deployment: { provider: 'embedded', reference: id } });
    await grantCredits(db, anna, 50_000n);
    const params = { width: 512, height: 768 };
    const { token } = await quote(db, anna, { version, prompt: PROMPTS[id], params, seed: '18446744073709551615', count: 1 });
    const { quoteId } = await startGenerations(db, anna, { token });
    const [run] = await listGenerations(db, anna, { quoteId });
    const work = run?.id ?? '';
    await createRunGeneration(db, { embedded: embeddedAdapter(pool) })({ id: work }, context);
    await sealWork({ id: work }, context);

    const record = readRecord((await readSealedFile(db, anna, work)).bytes);
    if (!record) throw new Error('no record');
    const published = await findPublicFile(db, cidText({ codec: RAW, digest: record.receipt.version }));
    const manifest = manifestOf(record, Buffer.from((await published?.read()) ?? '').toString());
    const engine = manifest && engineOf(manifest);
    expect(engine).toBe(id);
    const { prompt, promptSalt } = await db.prisma.generation.findUniqueOrThrow({ where: { id: work } });
    const plan = engine && planReRun(record, engine, { prompt, salt: promptSalt as `0x${string}` });
    if (!plan || 'refused' in plan) throw new Error(JSON.stringify(plan));
    const messages: ReRunMessage[] = [];
    runInWorker(plan.request, (message) => messages.push(message));
    expect(messages.at(-1)).toEqual({ kind: 'done', content: record.receipt.content });
  },
);
