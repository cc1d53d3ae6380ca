import { concatBytes } from '@noble/hashes/utils';
import { type Hex, hexToBytes } from 'viem';
import { sha256Hex } from './hash';

/** What reveals a prompt: the 128-bit salt (0x hex) and the text. It is the collector's to show. */
export type PromptOpening = { salt: Hex; prompt: string };

/** `promptHash` of a receipt: sha-256(16-byte salt ‖ prompt UTF-8). Throws RangeError where the salt has another length. */
export function promptHash({ salt, prompt }: PromptOpening): Hex {
  const saltBytes = hexToBytes(salt);
  if (saltBytes.length !== 16) throw new RangeError('a prompt salt has 16 bytes');
  return sha256Hex(concatBytes(saltBytes, new TextEncoder().encode(prompt)));
}
