import { performance } from 'node:perf_hooks';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { makeChunk, PNG_SIGNATURE } from '@/lib/protocol/png-chunks';
import { threadPool } from '@/lib/thread-pool';
import type { FileTasks } from './file-thread';

const run = threadPool<FileTasks>('lib/provenance/file-thread.ts', 1);

/** A picture of one colour: few bytes, many pixels. */
function largePng(side: number): Buffer {
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, side);
  new DataView(header.buffer).setUint32(4, side);
  header.set([8, 6], 8);
  const chunks = [
    makeChunk('IHDR', header),
    makeChunk('IDAT', deflateSync(Buffer.alloc(side * (side * 4 + 1)))),
    makeChunk('IEND', new Uint8Array()),
  ];
  return Buffer.concat([PNG_SIGNATURE, ...chunks.map(({ bytes }) => bytes)]);
}

test('a large picture is opened while everything else goes on, and a file that is none is an answer', async () => {
  expect(await run('open', Buffer.from('GIF89a'))).toMatchObject({ damage: 'not a PNG file', record: null });
  const file = largePng(4000);
  const before = performance.eventLoopUtilization();
  const { picture } = await run('open', file);
  const { active, idle } = performance.eventLoopUtilization(before);
  expect(picture).toMatchObject({ width: 4000, height: 4000, content: expect.stringMatching(/^0x[0-9a-f]{64}$/) });
  expect(active).toBeLessThan((active + idle) / 4);
}, 60_000);

test('a task that throws is an error here, and the thread takes the next one', async () => {
  await expect(run('credentials', null as never, null as never)).rejects.toThrow();
  expect(await run('open', new Uint8Array())).toMatchObject({ damage: 'not a PNG file' });
}, 60_000);

test('a thread that cannot be started rejects its task, and so the next', async () => {
  const nowhere = threadPool<FileTasks>('lib/provenance/no-such-thread.ts', 1);
  for (let i = 0; i < 2; i++) await expect(nowhere('open', new Uint8Array())).rejects.toThrow();
}, 60_000);
