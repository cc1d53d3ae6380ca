import { createHash, randomBytes } from 'node:crypto';
import type { Hex } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openDatabase } from '@/lib/db';
import { quote } from '@/lib/generations/quote';
import { createRunGeneration } from '@/lib/generations/run-generation';
import { startGenerations } from '@/lib/generations/start-generations';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedPixels, seedTestModel } from '@/prisma/seed/test-model';
import { sealWork } from '../seal-work';
import { shareWork } from '../share-work';
import { linkOpening } from './link-opening';
import { openLink } from './open-link';
import { getOpening, readOpeningFile } from './queries';
import { revealOpening } from './reveal-opening';
import { withdrawLink } from './withdraw-link';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const PROMPT = 'secret words about a zebra';
const person = () => seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
let version: Hex;
let [owner, friend, stranger] = [] as unknown as [Actor, Actor, Actor];
let work: string;

beforeAll(async () => {
  version = (await seedTestModel(db, await person())).digest;
  [owner, friend, stranger] = [await person(), await person(), await person()];
  await grantCredits(db, owner, 100_000n);
});
afterAll(() => db.close());
beforeEach(async () => {
  const { token, quoteId } = await quote(db, owner, { version, prompt: PROMPT, params: {}, seed: null, count: 1 });
  await startGenerations(db, owner, { token });
  const run = await db.prisma.generation.findFirstOrThrow({ where: { quoteId } });
  work = run.id;
  const context = { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 };
  await createRunGeneration(db, { test: seedPixels })({ id: work }, context);
  await sealWork({ id: work }, context);
});

const share = () => shareWork(db, owner, { id: work, shared: true });
const linkFor = (to: Actor, days: number | null = null) => linkOpening(db, owner, { id: work, address: to.address, days });
const takeDown = () =>
  db.pool.query(`INSERT INTO takedown (id, work_id, reason, taken_down_by) VALUES (gen_random_uuid(), $1, 'a reason', $2)`, [work, stranger.userId]);

describe('a prompt', () => {
  it('is seen by nobody but whoever started the run while nothing was revealed, also on a public work', async () => {
    await share();
    for (const actor of [stranger, null]) {
      expect(await getOpening(db, actor, work)).toBeNull();
      await expect(readOpeningFile(db, actor, work)).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await getOpening(db, owner, work)).toMatchObject({ opening: { prompt: PROMPT }, mine: true, revealedAt: null });
  });

  it('is revealed to everyone by whoever started the run, once, and hashes to what the receipt has', async () => {
    await share();
    await linkFor(friend);
    const first = await revealOpening(db, owner, { id: work });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await revealOpening(db, owner, { id: work })).toEqual(first);
    expect(await getOpening(db, null, work)).toMatchObject({ opening: { prompt: PROMPT }, mine: false, links: [], ...first });
    const { salt, prompt, promptHash, receipt } = await readOpeningFile(db, null, work);
    const digest = createHash('sha256')
      .update(Buffer.from(salt.slice(2), 'hex'))
      .update(prompt, 'utf8')
      .digest('hex');
    const row = await db.prisma.work.findUniqueOrThrow({ where: { id: work }, include: { generation: true } });
    expect([`0x${digest}`, promptHash, receipt]).toEqual([row.generation.promptHash, row.generation.promptHash, row.receiptDigest]);
  });

  it('of somebody else’s work cannot be revealed or given by link, by any path to the tables', async () => {
    await share();
    await expect(revealOpening(db, stranger, { id: work })).rejects.toMatchObject({ code: 'not_found' });
    await expect(linkOpening(db, stranger, { id: work, address: stranger.address, days: null })).rejects.toMatchObject({ code: 'not_found' });
    const insert = db.pool.query('INSERT INTO opening_reveal (work_id, revealed_by) VALUES ($1, $2)', [work, stranger.userId]);
    await expect(insert).rejects.toMatchObject({ code: 'WP901' });
    expect(await getOpening(db, null, work)).toBeNull();
  });

  it('stays with whoever started the run after the token has gone to somebody else', async () => {
    const { receiptDigest, content } = await db.prisma.work.findUniqueOrThrow({ where: { id: work } });
    const hash = `0x${randomBytes(32).toString('hex')}`;
    const collection = '0x00000000000000000000000000000000000000c0';
    const token = { chainId: 31337, collection, tokenId: hash, receiptDigest, content, minter: owner.address, owner: stranger.address };
    await db.prisma.token.create({ data: { ...token, blockNumber: 1n, blockHash: hash, txHash: hash, mintedAt: new Date() } });
    expect(await getOpening(db, stranger, work)).toBeNull();
    await expect(revealOpening(db, stranger, { id: work })).rejects.toMatchObject({ code: 'not_found' });
    await revealOpening(db, owner, { id: work });
    expect((await getOpening(db, stranger, work))?.opening?.prompt).toBe(PROMPT);
  });

  it('of a private work is not shown to others by having been revealed, and a reveal is never removed', async () => {
    await revealOpening(db, owner, { id: work });
    expect(await getOpening(db, null, work)).toBeNull();
    await expect(db.pool.query('DELETE FROM opening_reveal WHERE work_id = $1', [work])).rejects.toMatchObject({ code: 'WP900' });
  });

  it('that the safety filter refuses by now is not revealed', async () => {
    vi.resetModules();
    vi.stubEnv('MODERATION_PHRASES', 'about a zebra');
    const restarted = await import('./reveal-opening');
    await expect(restarted.revealOpening(db, owner, { id: work })).rejects.toMatchObject({ code: 'reveal_blocked' });
    expect(await db.prisma.openingReveal.count({ where: { workId: work } })).toBe(0);
  });

  it('that was deleted, or is another than was signed, is shown to nobody, revealed or not', async () => {
    await share();
    await revealOpening(db, owner, { id: work });
    const { token } = await linkFor(friend);
    for (const other of [`prompt = '', prompt_salt = ''`, `prompt = prompt || '.', prompt_salt = '0x${'00'.repeat(16)}'`]) {
      await db.pool.query(`UPDATE generation SET ${other} WHERE id = $1`, [work]);
      expect(await getOpening(db, null, work)).toBeNull();
      expect(await getOpening(db, owner, work)).toMatchObject({ opening: null, mine: true });
      await expect(readOpeningFile(db, owner, work)).rejects.toMatchObject({ code: 'opening_gone' });
      await expect(revealOpening(db, owner, { id: work })).rejects.toMatchObject({ code: 'opening_gone' });
      await expect(openLink(db, friend, { token })).rejects.toMatchObject({ code: 'opening_gone' });
    }
  });

  it('of a work that was taken down is not shown to others, by page or link', async () => {
    await share();
    await revealOpening(db, owner, { id: work });
    const { token } = await linkFor(friend);
    await takeDown();
    expect(await getOpening(db, stranger, work)).toBeNull();
    await expect(openLink(db, friend, { token })).rejects.toMatchObject({ code: 'not_found' });
    await expect(linkFor(friend)).rejects.toMatchObject({ code: 'taken_down' });
  });
});

describe('a link to a prompt', () => {
  it('opens for its address alone, also while the work is private, and its maker sees when it was opened', async () => {
    const { token } = await linkFor(friend);
    expect((await getOpening(db, owner, work))?.links).toMatchObject([{ address: friend.address, state: 'waiting', openedAt: null }]);
    for (const other of [stranger, owner]) await expect(openLink(db, other, { token })).rejects.toMatchObject({ code: 'not_found' });
    expect((await getOpening(db, owner, work))?.links).toMatchObject([{ state: 'waiting' }]);
    expect(await openLink(db, friend, { token })).toMatchObject({ prompt: PROMPT });
    const [opened] = (await getOpening(db, owner, work))?.links ?? [];
    expect(opened).toMatchObject({ state: 'opened' });
    expect(await openLink(db, friend, { token })).toMatchObject({ prompt: PROMPT });
    expect((await getOpening(db, owner, work))?.links[0]?.openedAt).toBe(opened?.openedAt);
    expect(await getOpening(db, friend, work)).toBeNull();
  });

  it('can be withdrawn by its maker until it is opened, and not after', async () => {
    const [first, second] = [await linkFor(friend), await linkFor(friend)];
    await expect(withdrawLink(db, stranger, { id: first.linkId })).rejects.toMatchObject({ code: 'not_found' });
    await withdrawLink(db, owner, { id: first.linkId });
    await withdrawLink(db, owner, { id: first.linkId });
    await expect(openLink(db, friend, { token: first.token })).rejects.toMatchObject({ code: 'not_found' });
    await openLink(db, friend, { token: second.token });
    await expect(withdrawLink(db, owner, { id: second.linkId })).rejects.toMatchObject({ code: 'wrong_state' });
    expect((await getOpening(db, owner, work))?.links.map(({ state }) => state).sort()).toEqual(['opened', 'withdrawn']);
  });

  it('is over when its days are', async () => {
    const { token } = await linkFor(friend, 1);
    vi.useFakeTimers({ now: Date.now() - 2 * 86_400_000, toFake: ['Date'] });
    const old = await linkFor(friend, 1);
    vi.useRealTimers();
    await expect(openLink(db, friend, { token: old.token })).rejects.toMatchObject({ code: 'not_found' });
    expect((await getOpening(db, owner, work))?.links.map(({ state }) => state).sort()).toEqual(['expired', 'waiting']);
    await openLink(db, friend, { token });
    await db.prisma.generation.update({ where: { id: work }, data: { prompt: '' } });
    await expect(openLink(db, friend, { token: old.token })).rejects.toMatchObject({ code: 'not_found' });
    await expect(openLink(db, friend, { token })).rejects.toMatchObject({ code: 'opening_gone' });
  });

  it('keeps no token in the database, and there are twenty that wait at most', async () => {
    const links = await Promise.all(Array.from({ length: 20 }, () => linkFor(friend)));
    const rows = JSON.stringify(await db.prisma.openingLink.findMany({ where: { workId: work } }));
    for (const { token } of links) expect(rows).not.toContain(token);
    await expect(linkFor(friend)).rejects.toMatchObject({ code: 'too_many_links' });
    await withdrawLink(db, owner, { id: links[0]?.linkId ?? '' });
    await linkFor(friend);
  });

  it('is opened or withdrawn, never both, when both happen at once', async () => {
    for (let round = 0; round < 5; round++) {
      const { linkId, token } = await linkFor(friend);
      const results = await Promise.allSettled([openLink(db, friend, { token }), withdrawLink(db, owner, { id: linkId })]);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });
});
