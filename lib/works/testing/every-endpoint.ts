import { vi } from 'vitest';
import type { Adapter } from '@/lib/inference/adapter';
import { creatorAdapters } from '@/lib/inference/adapters/all-adapters';
import { signedHttpAdapter } from '@/lib/inference/adapters/signed-http';
import { embeddedAdapter } from '@/lib/inference/embedded';
import { HOUSE_MODELS } from '@/lib/inference/house/models';
import { createHousePool } from '@/lib/inference/house/pool';
import type { Manifest } from '@/lib/protocol/manifest';
import { tinyModel } from '@/packages/endpoint-server/testing/models';
import { closeAll, platform, serve } from '@/packages/endpoint-server/testing/serve';
import { houseManifest } from '@/prisma/seed/house-models';
import { startAutomatic1111 } from '@/scripts/standins/models/automatic1111';
import { startComfyUI } from '@/scripts/standins/models/comfyui';
import { startFal } from '@/scripts/standins/models/fal';
import { startHuggingFace } from '@/scripts/standins/models/hugging-face';
import { startOpenaiChat } from '@/scripts/standins/models/openai-chat';
import { startOpenAi } from '@/scripts/standins/models/openai-images';
import { startReplicate } from '@/scripts/standins/models/replicate';

/** A kind of endpoint with something real behind it. `custody`: the version's key stands there, and this is its address. */
export type Endpoint = {
  provider: string;
  deployment: { url: string | null; reference: string; options?: object };
  secret?: string;
  manifest: Partial<Manifest>;
  custody?: string;
};

const only = (value: number) => ({ type: 'integer', title: 'Size', default: value, enum: [value] });
const ofSize = (width: number, height: number): Manifest['parameters'] => ({
  type: 'object',
  additionalProperties: false,
  properties: { width: only(width), height: only(height) },
});
const size = ofSize(64, 64);
const node = (class_type: string, inputs: object) => ({ class_type, inputs });
const GRAPH = {
  3: node('KSampler', { model: ['4', 0], seed: 1, steps: 20, cfg: 7, positive: ['6', 0], negative: ['7', 0], latent_image: ['5', 0] }),
  4: node('CheckpointLoaderSimple', { ckpt_name: 'mine' }),
  5: node('EmptyLatentImage', { width: 512, height: 512, batch_size: 1 }),
  6: node('CLIPTextEncode', { text: '', clip: ['4', 1] }),
  7: node('CLIPTextEncode', { text: '', clip: ['4', 1] }),
  8: node('VAEDecode', { samples: ['3', 0], vae: ['4', 2] }),
  9: node('SaveImage', { images: ['8', 0], filename_prefix: 'intaglio' }),
};
const slot = (at: string, input: string) => ({ node: at, input });
const SLOTS = { prompt: slot('6', 'text'), seed: slot('3', 'seed'), width: slot('5', 'width'), height: slot('5', 'height') };

/** One of every kind: vendors' stand-ins, a creator's own server (packages/endpoint-server), the house's threads. */
export async function everyEndpoint(creator: string) {
  const checkpoints = [{ title: 'mine', model_name: 'mine', hash: null, sha256: null, filename: '/models/mine' }];
  const [replicate, fal, openAi, chat, hugging, a1111, comfy, own] = await Promise.all([
    startReplicate(),
    startFal(),
    startOpenAi(),
    startOpenaiChat({ models: ['llama'] }),
    startHuggingFace(),
    startAutomatic1111({ checkpoints }),
    startComfyUI({ checkpoints: ['mine'] }),
    serve(tinyModel(), { versions: [] }),
  ]);
  // Before anything reads the settings.
  vi.stubEnv('ENDPOINT_PRIVATE_HOSTS', [replicate, fal, openAi, chat, hugging, a1111, comfy, own].map(({ url }) => new URL(url).host).join(','));
  const pool = createHousePool({ threads: 1 });
  const [house] = HOUSE_MODELS;
  const open = [replicate, fal, openAi, chat, hugging, a1111, comfy];
  const endpoints: Endpoint[] = [
    {
      provider: 'replicate',
      deployment: { url: replicate.url, reference: replicate.world.version },
      secret: replicate.world.token,
      manifest: { parameters: size },
    },
    { provider: 'fal', deployment: { url: fal.url, reference: fal.world.app }, secret: fal.world.key, manifest: { parameters: size } },
    {
      provider: 'openai-images',
      deployment: { url: openAi.url, reference: 'gpt-image-1' },
      secret: openAi.world.key,
      manifest: { parameters: ofSize(1024, 1024), seedKind: 'none' },
    },
    {
      provider: 'hugging-face',
      deployment: { url: hugging.url, reference: 'house/silk' },
      secret: hugging.world.token,
      manifest: { parameters: size },
    },
    { provider: 'automatic1111', deployment: { url: a1111.url, reference: 'mine' }, manifest: { parameters: size } },
    {
      provider: 'comfyui',
      deployment: { url: comfy.url, reference: 'flow', options: { graph: GRAPH, slots: SLOTS, pollMs: 10 } },
      manifest: { parameters: size },
    },
    {
      provider: 'openai-chat',
      deployment: { url: chat.url, reference: 'llama' },
      manifest: { kind: 'text', parameters: { type: 'object', additionalProperties: false, properties: {} } },
    },
    {
      provider: 'signed-http',
      deployment: { url: own.url, reference: 'version' },
      manifest: { parameters: ofSize(2, 1), signerCustody: 'creator' },
      custody: own.signer ?? '',
    },
    { provider: 'embedded', deployment: { url: null, reference: house?.id ?? '' }, manifest: house ? houseManifest(house, creator) : {} },
  ];
  const adapters: Record<string, Adapter> = {
    ...creatorAdapters(),
    'signed-http': signedHttpAdapter(platform.signer),
    embedded: embeddedAdapter(pool),
  };
  const close = async () => {
    await Promise.all([...open.map((one) => one.close()), closeAll(), pool.close()]);
  };
  return { endpoints, adapters, close };
}
