import { readFileSync } from 'node:fs';
import { type Hex, hexToBytes } from 'viem';
import { describe, expect, it } from 'vitest';
import { parseCid } from './cid';
import { textContent } from './content';
import { readRecord, writeRecord } from './png-record';
import { type OutsideFacts, type VerifyInput, verifyRecord } from './verify-record';
import type { WorkRecord } from './work-record';

const vectors = JSON.parse(readFileSync('contracts/test/vectors/protocol.json', 'utf8')) as {
  png: { without: Hex; with: Hex; record: WorkRecord };
  content: { width: number; height: number; rgba: Hex };
  signers: { version: Hex };
  metadata: { cid: string; tokenId: Hex }[];
};
const { record } = vectors.png;
const file = hexToBytes(vectors.png.with);
const raster = { ...vectors.content, rgba: hexToBytes(vectors.content.rgba) };
const token = vectors.metadata[0] as { cid: string; tokenId: Hex };
const facts: OutsideFacts = { versionSigner: vectors.signers.version, image: parseCid(token.cid), tokenId: token.tokenId, onChain: true };

const sealedWith = (change: Partial<WorkRecord>) => writeRecord(hexToBytes(vectors.png.without), { ...record, ...change });
const receiptWith = (change: Partial<WorkRecord['receipt']>) => sealedWith({ receipt: { ...record.receipt, ...change } });
async function broken(input: Partial<VerifyInput>) {
  const { rows } = await verifyRecord({ file, raster, facts, ...input });
  return rows.filter(({ result }) => result === 'fail').map(({ link }) => link);
}

describe('verifying a file', () => {
  it('passes every link of an untouched one', async () => {
    const { rows, tokenId } = await verifyRecord({ file, raster, facts });
    expect(rows.map(({ link, result }) => `${link} ${result}`)).toEqual(
      ['record', 'content', 'params', 'receipt', 'image', 'token', 'chain'].map((link) => `${link} pass`),
    );
    expect(tokenId).toBe(token.tokenId);
  });

  it('finds one changed pixel', async () => {
    const rgba = raster.rgba.map((value, i) => (i === 5 ? value ^ 1 : value));
    expect(await broken({ raster: { ...raster, rgba } })).toEqual(['content']);
  });

  it('finds one changed parameter', async () => {
    expect(await broken({ file: sealedWith({ params: record.params.replace('"20"', '"21"') }) })).toEqual(['params', 'image', 'token']);
  });

  const other = `0x${'ab'.repeat(32)}` as Hex;
  it.each([
    ['version', receiptWith({ version: other }), ['receipt', 'image', 'token']],
    ['seed', receiptWith({ seed: '18446744073709551614' }), ['receipt', 'image', 'token']],
    ['paramsHash', receiptWith({ paramsHash: other }), ['params', 'receipt', 'image', 'token']],
    ['promptHash', receiptWith({ promptHash: other }), ['receipt', 'image', 'token']],
    ['content', receiptWith({ content: other }), ['content', 'receipt', 'image', 'token']],
    ['parent', receiptWith({ parent: other }), ['receipt', 'image', 'token']],
    ['chain', sealedWith({ chainId: 1 }), ['receipt', 'image', 'token']],
    ['collection', sealedWith({ collection: `0x${'ab'.repeat(20)}` }), ['receipt', 'image', 'token']],
    ['label', sealedWith({ label: 'Another' }), ['image', 'token']],
    ['traits', sealedWith({ traits: '0x' }), ['image', 'token']],
  ])('says which links a changed %s breaks', async (_, changed, expected) => {
    expect(await broken({ file: changed })).toEqual(expected);
  });

  it('finds one changed byte of the file, and checks nothing more', async () => {
    const changed = file.map((byte, i) => (i === 60 ? byte ^ 1 : byte));
    expect(await broken({ file: changed })).toEqual(['record']);
  });

  it('does not take another key’s signature, or a version nobody registered', async () => {
    expect(await broken({ facts: { ...facts, versionSigner: `0x${'11'.repeat(20)}` } })).toEqual(['receipt']);
    expect(await broken({ facts: { ...facts, versionSigner: null } })).toEqual(['receipt']);
  });

  it('reports what the chain said', async () => {
    expect(await broken({ facts: { ...facts, onChain: false } })).toEqual(['chain']);
  });

  it('claims nothing that it was not given the means to check', async () => {
    const { rows } = await verifyRecord({ file });
    const open = rows.filter(({ result }) => result === 'not_checked').map(({ link }) => link);
    expect(open).toEqual(['content', 'receipt', 'image', 'chain']);
  });

  const text = 'Ink on copper,\nsaid once: größer 🪶';
  const spoken = sealedWith({ kind: 'text', text, receipt: { ...record.receipt, content: textContent(text) } });
  it('of a text hashes the text, whatever its card shows, and says that the card is not covered', async () => {
    for (const pixels of [raster, undefined]) {
      const { rows } = await verifyRecord({ file: spoken, raster: pixels });
      expect(rows.find(({ link }) => link === 'content')).toMatchObject({ result: 'pass', title: 'The text is the one signed' });
      expect(rows.find(({ link }) => link === 'card')).toMatchObject({
        result: 'not_checked',
        detail: expect.stringContaining('not over the picture'),
      });
    }
  });

  it('finds one changed letter of a text', async () => {
    const changed = writeRecord(spoken, { ...(readRecord(spoken) as WorkRecord), text: text.replace('once', 'Once') });
    const { rows } = await verifyRecord({ file: changed });
    expect(rows.filter(({ result }) => result === 'fail').map(({ link }) => link)).toEqual(['content']);
  });

  it('names no token for a file sealed before its title', async () => {
    const { label: _, traits: __, evolve: ___, ...first } = record;
    const { rows, tokenId } = await verifyRecord({ file: writeRecord(hexToBytes(vectors.png.without), first), raster });
    expect(tokenId).toBeNull();
    expect(rows.find(({ link }) => link === 'token')?.result).toBe('not_checked');
  });

  it('answers with a row, never with an error, whatever the bytes', async () => {
    for (const bytes of [new Uint8Array(), new Uint8Array(1000), file.subarray(0, 100)]) expect(await broken({ file: bytes })).toEqual(['record']);
  });
});
