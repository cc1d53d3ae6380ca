import { concatBytes } from '@noble/hashes/utils';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeChunk, PNG_SIGNATURE, readChunks } from '@/lib/protocol/png-chunks';
import { readRecord, writeRecord } from '@/lib/protocol/png-record';
import { openC2pa } from './c2pa';
import { type Reader, readCredentials } from './read-credentials';
import { type SigningKey, signCredentials } from './sign-credentials';
import { manifestOf, noise, record, testKey } from './testing/fixtures';

let reader: Reader;
let key: SigningKey;
let [rootPem, serial] = ['', ''];
let png: Buffer;
let signed: Uint8Array;
const read = (bytes: Uint8Array, trustAnchorsPem = rootPem, revokedSerials: string[] = []) =>
  readCredentials(reader, bytes, { trustAnchorsPem, revokedSerials });

beforeAll(async () => {
  reader = (await openC2pa()).WasmReader;
  ({ key, rootPem, serial } = await testKey());
  png = await noise(128);
  signed = await signCredentials(png, manifestOf(), key);
});

describe('a sealed picture', () => {
  it('is Trusted with our root and Valid without it, and says why', async () => {
    expect(await read(signed)).toMatchObject({ state: 'trusted', problems: [] });
    const other = await testKey();
    for (const anchors of ['', other.rootPem]) {
      expect(await read(signed, anchors)).toMatchObject({ state: 'valid', problems: [{ code: 'signingCredential.untrusted' }] });
    }
  });

  it('has the same pixels, and adds less than 8 KB', async () => {
    expect(await sharp(signed).raw().toBuffer()).toEqual(await sharp(png).raw().toBuffer());
    expect(signed.length - png.length).toBeLessThan(8192);
  });

  it('says which model made it, when and of what kind it is, and what may be done with it', async () => {
    const { manifest, record: found, ingredients } = await read(signed);
    expect(manifest).toMatchObject({
      title: 'Größe №1, still',
      generator: 'Intaglio 1',
      signer: { issuer: 'Intaglio', name: 'Intaglio test', serial, timestamp: null },
      actions: [
        {
          action: 'c2pa.created',
          when: '2026-11-30T12:00:00.000Z',
          digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia',
          softwareAgent: 'Nacre 3',
        },
      ],
      training: { 'cawg.ai_generative_training': 'notAllowed', 'cawg.data_mining': 'notAllowed' },
    });
    expect(found).toEqual(record);
    expect(ingredients.map(({ types, description }) => [types[0], description])).toEqual([
      ['c2pa.types.model', `version ${record.receipt.version}`],
      ['c2pa.types.generator.seed', record.receipt.seed],
      ['c2pa.types.generator.prompt', `commitment ${record.receipt.promptHash}`],
    ]);
  });

  it('is Invalid with a byte changed, wherever it is', { timeout: 120_000 }, async () => {
    const small = await signCredentials(await noise(8), manifestOf(), key);
    // Of the start every byte: signature, header and name of the chunk decide whether credentials are found at all.
    for (let at = 0; at < small.length; at += at < 128 ? 1 : 23) {
      const changed = small.slice();
      changed[at] = (changed[at] as number) ^ 1;
      const { state, problems } = await read(changed);
      expect([at, state, problems.length > 0]).toEqual([at, 'invalid', true]);
    }
  });

  it('is Invalid when its picture is changed and its checksum made right again', async () => {
    const chunks = readChunks(signed).map((chunk) =>
      chunk.type === 'IDAT'
        ? makeChunk(
            'IDAT',
            chunk.data.map((byte, i) => (i === 900 ? byte ^ 1 : byte)),
          )
        : chunk,
    );
    const { state, problems } = await read(concatBytes(PNG_SIGNATURE, ...chunks.map(({ bytes }) => bytes)));
    expect([state, problems]).toEqual([
      'invalid',
      [expect.objectContaining({ code: 'assertion.dataHash.mismatch', words: expect.stringContaining('changed') })],
    ]);
  });

  it('has no credentials any more after another program encoded it again', async () => {
    expect(await read(await sharp(signed).png().toBuffer())).toMatchObject({ state: 'none', problems: [], manifest: null });
    expect((await read(await sharp(signed).resize(64).webp().toBuffer())).state).toBe('none');
    expect((await read(png)).state).toBe('none');
    expect((await read(new Uint8Array([1, 2, 3]))).state).toBe('none');
  });

  it('is Invalid once the house revoked the certificate that signed it', async () => {
    const { state, problems } = await read(signed, rootPem, ['1', serial]);
    expect([state, problems.map(({ code }) => code)]).toEqual(['invalid', ['intaglio.revoked']]);
  });

  it('keeps the record that was written as a chunk before, signed with the rest', async () => {
    const both = await signCredentials(writeRecord(png, record), manifestOf(), key);
    expect(readRecord(both)).toEqual(record);
    expect(await read(both)).toMatchObject({ state: 'trusted', record });
    const changed = writeRecord(both, { ...record, base: 'https://elsewhere.example/work/' });
    expect(await read(changed)).toMatchObject({ state: 'invalid', problems: [{ code: 'assertion.dataHash.mismatch' }] });
  });

  it('can be sealed again: the new credentials take the place of the old', async () => {
    const again = await signCredentials(signed, manifestOf({ title: 'again' }), key);
    expect(await read(again)).toMatchObject({ state: 'trusted', manifest: { title: 'again' } });
    expect(Math.abs(again.length - signed.length)).toBeLessThan(64);
  });
});

describe('a work made from others', () => {
  it('opens its parent, with the parent’s own credentials inside', async () => {
    const parents = [{ png: signed, title: 'the parent', relationship: 'parentOf' as const }];
    const child = await signCredentials(await noise(128, 90), manifestOf({ parents, source: 'trainedAlgorithmicMedia' }), key);
    const { state, manifest, ingredients } = await read(child);
    expect([state, manifest?.actions.map(({ action }) => action)]).toEqual(['trusted', ['c2pa.opened', 'c2pa.edited']]);
    expect(manifest?.actions[1]?.digitalSourceType).toMatch(/trainedAlgorithmicMedia$/);
    expect(ingredients.find(({ relationship }) => relationship === 'parentOf')).toMatchObject({ title: 'the parent', hasCredentials: true });
  });

  it('is created where the parent was only looked at, and takes parents without credentials', async () => {
    const parents = [{ png, title: 'bare', relationship: 'inputTo' as const }];
    const { state, manifest, ingredients } = await read(await signCredentials(await noise(128, 90), manifestOf({ parents }), key));
    expect([state, manifest?.actions.map(({ action }) => action)]).toEqual(['trusted', ['c2pa.created']]);
    expect(ingredients.find(({ title }) => title === 'bare')).toMatchObject({ relationship: 'inputTo', hasCredentials: false });
  });
});

describe('the signing library', () => {
  it('signs several files at once', async () => {
    const titles = ['a', 'b', 'c', 'd', 'e'];
    const files = await Promise.all(titles.map((title) => signCredentials(png, manifestOf({ title }), key)));
    expect(await Promise.all(files.map(async (file) => (await read(file)).manifest?.title))).toEqual(titles);
  });

  it('says what stopped a signature, and goes on with the next', async () => {
    const broken = { ...key, sign: () => Promise.reject(new Error('the key is away')) };
    await expect(signCredentials(png, manifestOf(), broken)).rejects.toThrow('the key is away');
    const wrong = { ...key, sign: async () => new Uint8Array(64) };
    await expect(signCredentials(png, manifestOf(), wrong)).rejects.toMatchObject({ code: 'internal' });
    expect((await read(await signCredentials(png, manifestOf(), key))).state).toBe('trusted');
  });

  it('keeps no memory of 200 files that it signed, and of those it read', { timeout: 60_000 }, async () => {
    const { memoryBytes } = await openC2pa();
    const file = await noise(256);
    const round = async (times: number) => {
      for (let i = 0; i < times; i++) {
        const result = await signCredentials(file, manifestOf(), key);
        if (i % 4 === 0) await read(result);
      }
    };
    await round(5);
    const before = memoryBytes();
    await round(200);
    expect(memoryBytes() - before).toBeLessThan(4 * file.length);
  });
});
