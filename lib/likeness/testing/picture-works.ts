import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { listGenerations } from '@/lib/generations/queries';
import { quote } from '@/lib/generations/quote';
import { createRunGeneration } from '@/lib/generations/run-generation';
import { startGenerations } from '@/lib/generations/start-generations';
import type { RunOutput } from '@/lib/inference/adapter';
import { render } from '@/lib/inference/house/render';
import { localAdapter } from '@/lib/inference/local-adapter';
import type { Manifest } from '@/lib/protocol/manifest';
import { sealWork } from '@/lib/works/seal-work';
import { grantCredits } from '@/prisma/seed/people';
import type { Pixels } from '../shrink';

const SIDE = 256;
const side = (title: string) => ({ type: 'integer' as const, title, default: SIDE, enum: [SIDE] });
/** A manifest of pictures that are large enough to look like something. */
export const pictureManifest: Partial<Manifest> = {
  parameters: { type: 'object', additionalProperties: false, properties: { width: side('Width'), height: side('Height') } },
};

/** A picture of a house model. */
export const pictureOf = (seed: number): Pixels => render({ model: 'nacre', prompt: '', seed: String(seed), params: { width: SIDE, height: SIDE } });

/** Somebody else's model may return anything: here, a copy of a picture as a file that went around gives it. */
export async function copyOf(picture: Pixels): Promise<Pixels> {
  const { width, height, rgba } = picture;
  const jpeg = await sharp(rgba, { raw: { width, height, channels: 4 } })
    .flop()
    .jpeg({ quality: 60 })
    .toBuffer();
  const copy = await sharp(jpeg).ensureAlpha().raw().toBuffer();
  return { width, height, rgba: copy };
}

/** Makes and seals a work with these pixels through the run path. Returns its id. */
export function makePicture(db: Database, actor: Actor, version: string, pixels: Pixels): Promise<string> {
  return makeOf(db, actor, version, { kind: 'pixels', ...pixels });
}

/** The same of whatever an endpoint may return. */
export async function makeOf(db: Database, actor: Actor, version: string, output: RunOutput, sealed = true): Promise<string> {
  await grantCredits(db, actor, 2000n);
  const seed = randomBytes(8).readBigUInt64BE().toString();
  const { token } = await quote(db, actor, { version, prompt: 'a private thought', params: {}, seed, count: 1 });
  const { quoteId } = await startGenerations(db, actor, { token });
  const [run] = await listGenerations(db, actor, { quoteId });
  const id = run?.id ?? '';
  const context = { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 };
  const adapter = localAdapter(async (request) => ({ output, seedReported: request.seed }));
  await createRunGeneration(db, { test: adapter })({ id }, context);
  if (sealed) await sealWork({ id }, context);
  return id;
}

export function pngOf({ width, height, rgba }: Pixels): Promise<Buffer> {
  return sharp(rgba, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
}
