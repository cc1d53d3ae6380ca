import { concatBytes } from '@noble/hashes/utils';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeChunk, PNG_SIGNATURE, readChunks } from '@/lib/protocol/png-chunks';
import { openC2pa } from './c2pa';
import { type Reader, readCredentials } from './read-credentials';
import { type SigningKey, signCredentials } from './sign-credentials';
import { manifestOf, noise, record, testKey } from './testing/fixtures';
import { escapeXml, xmpPacket } from './xmp';

const BREAKOUTS = [
  `"/><script>alert(1)</script>`,
  `' Iptc4xmpExt:DigitalSourceType='other`,
  ']]></rdf:RDF></x:xmpmeta><?xpacket end="r"?>',
  '"}],"assertions":[{"label":"c2pa.actions.v2","data":{}}],"x":[{"y":"',
  '&amp;&#60;%00\u0000\u0001\u001f\ufffe\ud800 \t\n\r',
  '__proto__',
  '\u202e𝄞 Größe',
  'x'.repeat(5000),
];
let reader: Reader;
let key: SigningKey;
let rootPem: string;
let png: Buffer;
const read = (bytes: Uint8Array) => readCredentials(reader, bytes, { trustAnchorsPem: rootPem });
const unescaped = (text: string) =>
  text.replace(/&(?:#(\d+)|(\w+));/g, (_, code, name) =>
    code ? String.fromCharCode(code) : ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name as string] ?? '?'),
  );

beforeAll(async () => {
  reader = (await openC2pa()).WasmReader;
  ({ key, rootPem } = await testKey());
  png = await noise(16);
});

describe('what people wrote', () => {
  it.each(BREAKOUTS)('stays text in the manifest: %j', async (text) => {
    const written = manifestOf({
      title: text,
      model: { name: text, number: 1 },
      revealedPrompt: text,
      record: { ...record, params: JSON.stringify({ text }) },
    });
    const found = await read(await signCredentials(png, written, key));
    const shown = Buffer.from(text).toString().slice(0, 2000);
    expect(found).toMatchObject({ state: 'trusted', problems: [], manifest: { title: shown, actions: [{ action: 'c2pa.created' }] } });
    expect(found.manifest?.actions).toHaveLength(1);
    expect(found.ingredients).toHaveLength(3);
    expect(found.ingredients[2]?.description).toBe(shown);
    expect(found.record).toEqual({ ...record, params: JSON.stringify({ text }) });
  });

  it.each(BREAKOUTS)('stays text in the XMP: %j', (text) => {
    const packet = xmpPacket(manifestOf({ model: { name: text, number: 1 }, revealedPrompt: text }));
    const [, attributes] =
      /^<\?xpacket [^?]+\?><x:xmpmeta [^>]+><rdf:RDF [^>]+><rdf:Description rdf:about="" xmlns:Iptc4xmpExt="[^"]+" ([^<>]*)\/><\/rdf:RDF><\/x:xmpmeta><\?xpacket end="r"\?>$/.exec(
        packet,
      ) ?? [];
    const fields = new Map(
      [...(attributes ?? '').matchAll(/Iptc4xmpExt:(\w+)="([^"<>]*)"/g)].map(([, name, value]) => [name, unescaped(value as string)]),
    );
    const carried = Buffer.from(text)
      .toString()
      .replace(/[^\t\n\r -\ufffd\u{10000}-\u{10FFFF}]/gu, '\ufffd');
    expect([...fields.keys()]).toEqual(['AISystemUsed', 'AISystemVersionUsed', 'DigitalSourceType', 'AIPromptInformation']);
    expect([fields.get('AISystemUsed'), fields.get('AIPromptInformation')]).toEqual([carried, carried]);
    expect(attributes).toMatch(/^(Iptc4xmpExt:\w+="[^"<>]*" ?)+$/);
  });

  it('is escaped down to every character that XML knows', () => {
    expect(escapeXml(`<a b='c' d="e">&\t\n\r\u0000`)).toBe('&lt;a b=&apos;c&apos; d=&quot;e&quot;&gt;&amp;&#9;&#10;&#13;\u{FFFD}');
  });
});

describe('the prompt', () => {
  it('is nowhere in the file unless it was revealed', async () => {
    const prompt = 'a very private harbour at night';
    const closed = Buffer.from(await signCredentials(png, manifestOf(), key));
    const open = Buffer.from(await signCredentials(png, manifestOf({ revealedPrompt: prompt }), key));
    expect([closed.includes('AIPromptInformation'), closed.includes(record.receipt.promptHash)]).toEqual([false, true]);
    expect([open.includes(`AIPromptInformation="${prompt}"`), (await read(open)).ingredients[2]?.description]).toEqual([true, prompt]);
  });
});

describe('XMP', () => {
  it('is found by other programs, stands once, and takes the place of what was there', async () => {
    const chunk = makeChunk('tEXt', Buffer.from('XML:com.adobe.xmp\0<x:xmpmeta>old</x:xmpmeta>'));
    const [header, ...rest] = readChunks(png);
    const before = concatBytes(PNG_SIGNATURE, ...[header as typeof chunk, chunk, ...rest].map(({ bytes }) => bytes));
    const signed = await signCredentials(before, manifestOf(), key);
    expect(readChunks(signed).map(({ type }) => type)).toEqual(['IHDR', 'caBX', 'iTXt', ...rest.map(({ type }) => type)]);
    expect((await sharp(signed).metadata()).xmpAsString).toBe(xmpPacket(manifestOf()));
  });
});

describe('credentials by others', () => {
  const chunkOf = (signed: Uint8Array) => readChunks(signed).find(({ type }) => type === 'caBX')?.data ?? new Uint8Array();
  const withChunk = (data: Uint8Array) => {
    const [header, ...rest] = readChunks(png);
    return concatBytes(PNG_SIGNATURE, ...[header as NonNullable<typeof header>, makeChunk('caBX', data), ...rest].map(({ bytes }) => bytes));
  };

  it.each([
    ['nothing', () => new Uint8Array()],
    ['zeros', () => new Uint8Array(300)],
    ['a box that says it has 4 GB', () => Uint8Array.from([255, 255, 255, 255, 0x6a, 0x75, 0x6d, 0x62, 0, 0, 0, 0])],
    [
      'a thousand boxes in each other',
      () => concatBytes(...Array.from({ length: 1000 }, () => Uint8Array.from([0, 0, 4, 0, 0x6a, 0x75, 0x6d, 0x62]))),
    ],
  ])('of %s are never believed', async (_, data) => {
    expect((await read(withChunk(data()))).state).toMatch(/^(invalid|none)$/);
    expect((await read(await signCredentials(png, manifestOf(), key))).state).toBe('trusted');
  });

  it('taken from another file are Invalid', async () => {
    const other = await signCredentials(await noise(16, 60), manifestOf(), key);
    expect(await read(withChunk(chunkOf(other)))).toMatchObject({ state: 'invalid', problems: [{ code: 'assertion.dataHash.mismatch' }] });
  });

  it('of a stranger’s root are Valid, whatever they call themselves', async () => {
    const stranger = await testKey();
    const found = await read(await signCredentials(png, manifestOf(), stranger.key));
    expect([found.state, found.manifest?.signer.issuer]).toEqual(['valid', 'Intaglio']);
  });
});
