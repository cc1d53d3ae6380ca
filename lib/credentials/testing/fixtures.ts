import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import type { WorkRecord } from '@/lib/protocol/work-record';
import { makeLeaf, makeRoot } from '../certificates';
import { openPkcs8, pemOf, signerOver } from '../local-key';
import type { CredentialManifest } from '../manifest';
import type { SigningKey } from '../sign-credentials';

/** A record with every hard character in it, from the committed vectors. */
export const record = (JSON.parse(readFileSync('contracts/test/vectors/protocol.json', 'utf8')) as { png: { record: WorkRecord } }).png.record;

/** A root and a leaf made for a test or a benchmark. */
export async function testKey(): Promise<{ key: SigningKey; rootPem: string; serial: string }> {
  const root = await makeRoot('Intaglio test root');
  const leaf = await makeLeaf(root, 'Intaglio test');
  return {
    key: { ...signerOver(openPkcs8(leaf.privateKey), [leaf.certificate]), leaf: leaf.serial },
    rootPem: pemOf(root.certificate),
    serial: leaf.serial,
  };
}

/** A picture that does not compress to nothing: noise. */
export function noise(side: number, mean = 128): Promise<Buffer> {
  const channels = { width: side, height: side, channels: 3 as const, background: '#777', noise: { type: 'gaussian' as const, mean, sigma: 12 } };
  return sharp({ create: channels }).png().toBuffer();
}

export function manifestOf(over: Partial<CredentialManifest> = {}): CredentialManifest {
  return {
    title: 'Größe №1, still',
    source: 'algorithmicMedia',
    model: { name: 'Nacre', number: 3 },
    madeAt: new Date('2026-11-30T12:00:00Z'),
    training: 'notAllowed',
    parents: [],
    record,
    ...over,
  };
}
