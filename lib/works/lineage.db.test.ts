import { randomBytes } from 'node:crypto';
import type { Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openDatabase } from '@/lib/db';
import { quote } from '@/lib/generations/quote';
import { createRunGeneration } from '@/lib/generations/run-generation';
import { startGenerations } from '@/lib/generations/start-generations';
import { loadVersion } from '@/lib/models/load-version';
import { coversOf } from '@/lib/models/model-covers';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedPixels, seedTestModel, testManifest } from '@/prisma/seed/test-model';
import { getLineage } from './get-lineage';
import { getWork } from './get-work';
import { parentsOf } from './parents-of';
import { listGallery, listMyWorks } from './queries';
import { findPreview, readSealedFile } from './read-file';
import { readReceipt } from './read-receipt';
import { sealWork } from './seal-work';
import { shareWork } from './share-work';
import { listTakedowns } from './takedowns/list-takedowns';
import { putBackWork } from './takedowns/put-back-work';
import { takeDownInput } from './takedowns/schema';
import { takeDownWork } from './takedowns/take-down-work';

const operatorAddress = `0x${randomBytes(20).toString('hex')}` as const;
vi.stubEnv('OPERATOR_ADDRESSES', operatorAddress);

const db = openDatabase(process.env.DATABASE_URL ?? '');
const person = () => seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
let version: Hex;
let [owner, other, operator] = [] as unknown as [Actor, Actor, Actor];

beforeAll(async () => {
  [owner, other, operator] = [await person(), await person(), await seedPerson(db, operatorAddress)];
  const { parameters } = testManifest(owner.address);
  const picture = { type: 'string', title: 'Start from', default: '', contentMediaType: 'image/png' };
  const manifest = { parameters: { ...parameters, properties: { ...(parameters.properties as object), picture } } };
  version = (await seedTestModel(db, await person(), { manifest })).digest;
  for (const actor of [owner, other]) await grantCredits(db, actor, 1_000_000n);
});
afterAll(() => db.close());

async function make(actor: Actor, options: { from?: string; shared?: boolean } = {}): Promise<string> {
  const asked = { version, prompt: 'x', params: {}, seed: null, count: 1, parentWorkId: options.from ?? null };
  const { token, quoteId } = await quote(db, actor, asked);
  await startGenerations(db, actor, { token });
  const { id } = await db.prisma.generation.findFirstOrThrow({ where: { quoteId } });
  const context = { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 };
  await createRunGeneration(db, { test: seedPixels })({ id }, context);
  await sealWork({ id }, context);
  if (options.shared) await shareWork(db, actor, { id, shared: true });
  return id;
}
/** One after the other, each from the one before. */
async function makeLine(actor: Actor, length: number): Promise<string[]> {
  const line = [await make(actor, { shared: true })];
  while (line.length < length) line.push(await make(actor, { from: line.at(-1), shared: true }));
  return line;
}
const ids = (nodes: Awaited<ReturnType<typeof getLineage>>['parents']) => nodes.map((node) => (node.kind === 'work' ? node.id : 'private'));

describe('lineage', () => {
  it('names what a work was made from, nearest first, and what was made from it with how many were made from that', async () => {
    const [first, second, third] = await makeLine(owner, 3);
    const lineage = await getLineage(db, null, second ?? '');
    expect([ids(lineage.parents), ids(lineage.children)]).toEqual([[first], [third]]);
    expect((await getLineage(db, null, first ?? '')).children).toMatchObject([{ id: second, made: 1, takenDown: null }]);
    expect(ids((await getLineage(db, null, third ?? '')).parents)).toEqual([second, first]);
  });

  it('shows four generations up and says that there are more', async () => {
    const line = await makeLine(owner, 6);
    const { parents, moreAbove } = await getLineage(db, null, line[5] ?? '');
    expect([ids(parents), moreAbove]).toEqual([line.slice(1, 5).toReversed(), true]);
    expect((await getLineage(db, null, line[4] ?? '')).moreAbove).toBe(false);
  });

  it('says of a private work only that it is there, and nothing of what is above it', async () => {
    const [first, hidden, last] = await makeLine(owner, 3);
    await shareWork(db, owner, { id: hidden ?? '', shared: false });
    const row = await db.prisma.work.findUniqueOrThrow({ where: { id: hidden } });
    for (const actor of [null, other]) {
      const [up, down] = await Promise.all([getLineage(db, actor, last ?? ''), getLineage(db, actor, first ?? '')]);
      expect(up).toMatchObject({ parents: [{ kind: 'private' }], moreAbove: false });
      expect(Object.keys(up.parents[0] ?? {})).toEqual(['kind']);
      expect(down).toMatchObject({ children: [], privateChildren: 1, nextCursor: null });
      for (const secret of [hidden, row.content, row.previewSmall, row.capturedAt.toISOString()]) {
        expect(JSON.stringify([up, down])).not.toContain(secret);
      }
      expect(JSON.stringify(up)).not.toContain(first);
    }
    expect(ids((await getLineage(db, owner, last ?? '')).parents)).toEqual([hidden, first]);
  });

  it('counts no private works among those made from a child', async () => {
    const [first, second, third] = await makeLine(owner, 3);
    await shareWork(db, owner, { id: third ?? '', shared: false });
    expect((await getLineage(db, null, first ?? '')).children).toMatchObject([{ id: second, made: 0 }]);
    expect((await getLineage(db, owner, first ?? '')).children).toMatchObject([{ id: second, made: 1 }]);
  });

  it('pages through many children without losing or repeating one, private ones between them', async () => {
    const parent = await make(owner, { shared: true });
    const seen: string[] = [];
    for (let i = 0; i < 14; i++) seen.push(await make(other, { from: parent, shared: true }));
    await make(other, { from: parent });
    const first = await getLineage(db, null, parent);
    const second = await getLineage(db, null, parent, { cursor: first.nextCursor ?? '' });
    expect([first.children.length, second.children.length, second.nextCursor, first.privateChildren]).toEqual([12, 2, null, 1]);
    expect(ids([...first.children, ...second.children]).sort()).toEqual(seen.sort());
    expect(ids((await getLineage(db, null, parent, { cursor: 'nonsense' })).children)).toEqual(ids(first.children));
  });
});

describe('a takedown', () => {
  it('is an operator’s alone, once for each work, and kept with who and why', async () => {
    const work = await make(owner, { shared: true });
    for (const use of [takeDownWork(db, owner, { work, reason: 'mine' }), putBackWork(db, owner, { workId: work }), listTakedowns(db, other)]) {
      await expect(use).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(putBackWork(db, operator, { workId: work })).rejects.toMatchObject({ code: 'wrong_state' });
    await takeDownWork(db, operator, { work, reason: 'a copied picture' });
    await takeDownWork(db, operator, { work, reason: 'a copied picture' });
    await expect(takeDownWork(db, operator, { work, reason: 'another reason' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(takeDownWork(db, operator, { work: '01a22f00-0000-7000-8000-000000000000', reason: 'none' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await putBackWork(db, operator, { workId: work });
    const [kept, ...rest] = (await listTakedowns(db, operator)).filter(({ workId }) => workId === work);
    expect([kept, rest]).toEqual([expect.objectContaining({ reason: 'a copied picture', by: operatorAddress, liftedBy: operatorAddress }), []]);
    for (const change of [`UPDATE takedown SET reason = 'nicer' WHERE work_id = $1`, 'DELETE FROM takedown WHERE work_id = $1']) {
      await expect(db.pool.query(change, [work])).rejects.toMatchObject({ code: expect.stringMatching(/^WP90/) });
    }
  });

  it('hides file, preview and text of the work from everyone, its owner included, and leaves page and receipt', async () => {
    const work = await make(owner, { shared: true });
    const before = await readReceipt(db, null, work);
    const { previewSmall } = await db.prisma.work.findUniqueOrThrow({ where: { id: work } });
    await takeDownWork(db, operator, { work, reason: 'a copied picture' });
    for (const actor of [owner, null]) {
      expect(await getWork(db, actor, work)).toMatchObject({ preview: null, file: null, remixable: false, takedown: { reason: 'a copied picture' } });
      await expect(findPreview(db, actor, work, previewSmall ?? '')).rejects.toMatchObject({ code: 'taken_down' });
      expect(await readReceipt(db, actor, work)).toEqual(before);
    }
    await expect(readSealedFile(db, owner, work)).rejects.toMatchObject({ code: 'taken_down' });
    const listed = [...(await listGallery(db)).works, ...(await listMyWorks(db, owner)).works].map(({ id }) => id);
    expect(listed).not.toContain(work);
    expect(JSON.stringify([...(await coversOf(db, [version], 100)).values()])).not.toContain(work);
    await expect(make(owner, { from: work })).rejects.toMatchObject({ code: 'not_found' });
    await putBackWork(db, operator, { workId: work });
    expect((await (await findPreview(db, null, work, previewSmall ?? '')).read()).length).toBeGreaterThan(0);
  });

  it('is said on all that was made from the work, at any distance, with its reason', async () => {
    const [first, second, third] = await makeLine(owner, 3);
    await takeDownWork(db, operator, { work: first ?? '', reason: 'a copied picture' });
    for (const below of [second, third]) {
      const { takenDownAbove, parents } = await getLineage(db, null, below ?? '');
      expect(takenDownAbove).toMatchObject([{ work: { id: first, reason: 'a copied picture' } }]);
      expect(parents.at(-1)).toMatchObject({ id: first, takenDown: 'a copied picture', preview: null });
    }
    expect((await getLineage(db, null, first ?? '')).takenDownAbove).toEqual([]);
    expect((await getLineage(db, null, (await make(owner, { shared: true })) ?? '')).takenDownAbove).toEqual([]);
  });

  it('of a work that the asker may not see is said without its reason and its name, also from above a private one', async () => {
    const [first, hidden, last] = await makeLine(owner, 3);
    await shareWork(db, owner, { id: hidden ?? '', shared: false });
    await takeDownWork(db, operator, { work: first ?? '', reason: 'a copied picture' });
    const seen = await getLineage(db, null, last ?? '');
    expect(seen.takenDownAbove).toEqual([{ work: null }]);
    expect(JSON.stringify(seen)).not.toContain('copied');
    expect((await getLineage(db, owner, last ?? '')).takenDownAbove).toMatchObject([{ work: { id: first } }]);
  });

  it('keeps the record of the work out of files that are sealed later', async () => {
    const [first, second] = await makeLine(owner, 2);
    const loaded = await loadVersion(db, version);
    const carried = () => parentsOf(db, { parentWorkId: second ?? '', paramsText: '{}' }, loaded);
    expect(await carried()).toMatchObject([{ png: expect.anything() }]);
    await takeDownWork(db, operator, { work: first ?? '', reason: 'a copied picture' });
    const [parent] = await carried();
    expect(parent).not.toHaveProperty('png');
    expect(parent).toMatchObject({ commitment: expect.stringContaining('credentials sha-256') });
  });

  it('takes an id or the address of a page, and nothing else', () => {
    const id = '01a22f00-0000-7000-8000-00000000abcd';
    for (const work of [id, ` ${id.toUpperCase()} `, `https://intaglio.example/works/${id}`, `http://localhost:3000/works/${id}?cursor=x#lineage`]) {
      expect(takeDownInput.parse({ work, reason: 'because' }).work).toBe(id);
    }
    for (const work of ['', 'https://intaglio.example/works/', `${id}0`])
      expect(takeDownInput.safeParse({ work, reason: 'because' }).success).toBe(false);
  });
});
