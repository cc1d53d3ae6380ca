import { endpointSigner } from '@/lib/keys/endpoint-signer';
import type { Adapter } from '../adapter';
import type { ProviderId } from '../providers';
import { automatic1111 } from './automatic1111';
import { comfyui } from './comfyui';
import { fal } from './fal';
import { huggingFace } from './hugging-face';
import { openaiChat } from './openai-chat';
import { openaiImages } from './openai-images';
import { replicate } from './replicate';
import { signedHttpAdapter } from './signed-http';

let opened: Record<ProviderId, Adapter> | undefined;

/** Every kind of endpoint a creator can have. Opened at first use: the signing key is derived from a setting. */
export function creatorAdapters(): Record<ProviderId, Adapter> {
  opened ??= {
    'signed-http': signedHttpAdapter(endpointSigner()),
    replicate,
    fal,
    'openai-images': openaiImages,
    automatic1111,
    comfyui,
    'hugging-face': huggingFace,
    'openai-chat': openaiChat,
  };
  return opened;
}
