import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { protocolVectors } from '@/scripts/lib/protocol-vectors';

const committed = JSON.parse(readFileSync('contracts/test/vectors/protocol.json', 'utf8')) as unknown;

describe('the committed vectors', { timeout: 30_000 }, () => {
  it('are what this code computes', async () => {
    expect(await protocolVectors()).toEqual(committed);
  });

  it('are what the browser bundle computes, with web globals alone', async () => {
    const { outputFiles } = await build({
      stdin: { contents: `export { protocolVectors } from './scripts/lib/protocol-vectors';`, resolveDir: process.cwd() },
      ...{ bundle: true, write: false, platform: 'browser', format: 'iife', globalName: 'protocol', target: 'es2022', logLevel: 'silent' },
    });
    const context = createContext({ TextEncoder, TextDecoder, crypto, setTimeout, clearTimeout, queueMicrotask, performance, Event, EventTarget });
    runInContext(outputFiles[0]?.text ?? '', context);
    const json = (await runInContext('protocol.protocolVectors().then((vectors) => JSON.stringify(vectors))', context)) as string;
    expect(JSON.parse(json)).toEqual(committed);
  });
});
