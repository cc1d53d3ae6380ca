import { concatBytes } from '@noble/hashes/utils';
import type { Hex } from 'viem';
import { makeChunk, PNG_SIGNATURE, readChunks } from '@/lib/protocol/png-chunks';
import { writeManifest } from '@/lib/protocol/png-manifest';
import { writeRecord } from '@/lib/protocol/png-record';
import type { TestHouse } from './house';
import type { TestWork } from './make-work';
import type { Mutation } from './mutations';
import type { Random } from './random';
import { sealedChange } from './sealed-change';

/** One bit somewhere in one chunk, its name, length and checksum included. Nothing is repaired: a damaged file. */
export function flipAnyBit(random: Random, { file }: TestWork): Mutation {
  const chunk = random.pick(readChunks(file));
  const at = chunk.bytes.byteOffset - file.byteOffset + random.below(chunk.bytes.length);
  const changed = Uint8Array.from(file);
  changed[at] = (changed[at] as number) ^ (1 << random.below(8));
  return { name: `a bit of ${chunk.type} at ${at}`, file: changed, rows: ['file'] };
}

const NAMED: Record<string, Mutation['rows']> = {
  IHDR: ['file', 'content'],
  IDAT: ['file', 'content'],
  caBX: ['credentials', 'token'],
  // A checksum of the packed text may differ and the text not: then it is the file that is another one.
  'intaglio.manifest': ['creator', 'token'],
  'intaglio.record': ['record', 'params', 'signature', 'factory', 'token', 'content', 'credentials'],
};

/** The same inside a chunk whose checksum is then made right again, as somebody would who knows PNG. */
export function flipRepairedBit(random: Random, { file, record }: TestWork): Mutation {
  const chunks = readChunks(file);
  const kindOf = (chunk: (typeof chunks)[number]) =>
    chunk.type === 'iTXt' ? new TextDecoder('latin1').decode(chunk.data).split('\0')[0] : chunk.type;
  // Of a text the card is not what was signed.
  const isMeant = (kind: string | undefined) => kind !== undefined && kind in NAMED && !(record.kind === 'text' && ['IHDR', 'IDAT'].includes(kind));
  const index = random.pick(chunks.flatMap((chunk, i) => (isMeant(kindOf(chunk)) ? [i] : [])));
  const chunk = chunks[index] as (typeof chunks)[number];
  const kind = kindOf(chunk) ?? '';
  const from = chunk.type === 'iTXt' ? kind.length + 5 : 0;
  const at = from + random.below(chunk.data.length - from);
  const data = Uint8Array.from(chunk.data);
  data[at] = (data[at] as number) ^ (1 << random.below(7));
  const parts = chunks.map(({ bytes }, i) => (i === index ? makeChunk(chunk.type, data).bytes : bytes));
  return { name: `a bit of ${kind} at ${at}, with its checksum`, file: concatBytes(PNG_SIGNATURE, ...parts), rows: NAMED[kind] ?? [] };
}

export function addChunk(random: Random, { file }: TestWork): Mutation {
  const chunks = readChunks(file);
  const added = makeChunk('tEXt', new TextEncoder().encode(`Comment\0${random.below(1e6)}`));
  const parts = [...chunks.slice(0, -1), added, ...chunks.slice(-1)].map(({ bytes }) => bytes);
  return { name: 'a comment added', file: concatBytes(PNG_SIGNATURE, ...parts), rows: ['token', 'credentials'] };
}

export function addColourChunk(random: Random, { file }: TestWork): Mutation {
  const [header, ...rest] = readChunks(file);
  const type = random.pick(['gAMA', 'iCCP', 'eXIf', 'acTL', 'cHRM', 'tRNS']);
  const parts = [header, makeChunk(type, Uint8Array.of(0, 0, 0, 1)), ...rest].map((chunk) => chunk?.bytes ?? new Uint8Array());
  return { name: `${type} added`, file: concatBytes(PNG_SIGNATURE, ...parts), rows: ['file', 'token'] };
}

const FIELDS = ['version', 'paramsHash', 'promptHash', 'content', 'parent'] as const;
const BREAKS = {
  version: 'version',
  paramsHash: 'params',
  promptHash: 'signature',
  content: 'content',
  parent: 'signature',
  seed: 'signature',
} as const;

export function changeReceipt(random: Random, { file, record }: TestWork): Mutation {
  const field = random.pick([...FIELDS, 'seed' as const]);
  const value = field === 'seed' ? (BigInt(record.receipt.seed) ^ (1n << BigInt(random.below(64)))).toString() : random.hex(32);
  const changed = writeRecord(file, { ...record, receipt: { ...record.receipt, [field]: value } });
  return { name: `the receipt’s ${field}`, file: changed, rows: ['signature'], alsoRow: BREAKS[field] };
}

export function changeParams(random: Random, { file, record }: TestWork): Mutation {
  const params = record.params.replace(/"guidance":"\d+"/, `"guidance":"${100 + random.below(900)}"`);
  return { name: 'a parameter', file: writeRecord(file, { ...record, params }), rows: ['params'] };
}

export function changeSignature(random: Random, { file, record }: TestWork): Mutation {
  const nibble = 2 + random.below(record.signature.length - 2);
  const value = (Number.parseInt(record.signature[nibble] as string, 16) ^ (1 + random.below(15))).toString(16);
  const signature = `${record.signature.slice(0, nibble)}${value}${record.signature.slice(nibble + 1)}` as Hex;
  return { name: `the signature at ${nibble}`, file: writeRecord(file, { ...record, signature }), rows: ['signature'] };
}

/** What the token says beside the receipt, and where the record says it is from. */
export function changeFrame(random: Random, work: TestWork): Mutation {
  const { name, change, rows } = sealedChange(random, work.record);
  return { name, file: writeRecord(work.file, { ...work.record, ...change }), rows };
}

/** Another key signs what the version's key did not: everything fits but the key. */
export async function signAnew(house: TestHouse, { file, record, digest }: TestWork): Promise<Mutation> {
  const signature = await house.platform.signDigest(digest);
  return { name: 'signed by another key', file: writeRecord(file, { ...record, signature }), rows: ['signature'] };
}

/** The manifest of another version, whose creator the forger is. */
export function exchangeManifest(house: TestHouse, { file, manifest }: TestWork): Mutation {
  const text = manifest.replace(house.creator, house.collection);
  return { name: 'the manifest', file: writeManifest(file, text), rows: ['creator'] };
}
