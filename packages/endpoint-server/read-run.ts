import { canonicalize } from 'json-canonicalize';
import type { Hex } from 'viem';
import { rasterContent, textContent } from '../../lib/protocol/content';
import type { EndpointRunRequest } from '../../lib/protocol/endpoint-contract';
import { paramsHash } from '../../lib/protocol/params';
import { promptHash } from '../../lib/protocol/prompt';
import { textProblem } from '../../lib/protocol/work-text';
import type { GenerateCall, ModelInput } from './model';
import { decodePng } from './png';
import { Problem } from './problem';
import type { Settings } from './settings';

type Served = Pick<Settings, 'versions' | 'chainId' | 'collections'>;
export type ReadRun = Pick<GenerateCall, 'params' | 'inputs' | 'seed' | 'prompt'> & { paramsHash: `0x${string}`; promptHash: `0x${string}` };

/** Whether receipts of this version are signed here for this collection. Throws Problem `unknown_version`. */
export function checkServed({ version, chainId, collection }: Pick<EndpointRunRequest, 'version' | 'chainId' | 'collection'>, served: Served): void {
  if (served.versions.length > 0 && !served.versions.includes(version)) throw new Problem('unknown_version', `version ${version} is not served here`);
  const known = served.collections.length === 0 || served.collections.includes(collection);
  if (chainId !== served.chainId || !known) throw new Problem('unknown_version', `collection ${collection} of chain ${chainId} is not served here`);
}

function readParams(text: string): GenerateCall['params'] {
  let params: unknown;
  try {
    params = JSON.parse(text);
  } catch {
    throw new Problem('hash_mismatch', 'the parameter text is not JSON');
  }
  if (typeof params !== 'object' || params === null || Array.isArray(params)) throw new Problem('hash_mismatch', 'the parameter text is no object');
  const values = Object.values(params);
  if (!values.every((value) => typeof value === 'string' || typeof value === 'boolean')) {
    throw new Problem('hash_mismatch', 'parameters are texts and truth values; integers are texts');
  }
  // A text in another form has another hash than the same parameters in canonical form.
  if (canonicalize(params) !== text) throw new Problem('hash_mismatch', 'the parameter text is not in canonical form (RFC 8785)');
  return params as GenerateCall['params'];
}

function readInput(input: EndpointRunRequest['inputs'][number], params: GenerateCall['params']): ModelInput {
  const read = 'png' in input ? readPicture(input) : readText(input);
  // Else the receipt would not say what the work was made from.
  if (!Object.values(params).includes(input.content)) throw new Problem('hash_mismatch', 'an input is not among the parameters');
  return read;
}

function readText({ content, text }: { content: Hex; text: string }): ModelInput {
  const problem = textProblem(text);
  if (problem) throw new Problem('bad_request', `an input cannot be read: ${problem}`);
  if (textContent(text) !== content) throw new Problem('hash_mismatch', 'an input text has another content than was said');
  return { kind: 'text', content, text };
}

function readPicture({ content, png }: { content: Hex; png: string }): ModelInput {
  const bytes = Buffer.from(png, 'base64');
  let pixels: ReturnType<typeof decodePng>;
  try {
    pixels = decodePng(bytes);
  } catch (error) {
    throw new Problem('bad_request', `an input picture cannot be read: ${(error as Error).message}`);
  }
  if (rasterContent(pixels) !== content) throw new Problem('hash_mismatch', 'an input picture has another content than was said');
  return { kind: 'image', content, png: bytes, ...pixels };
}

/** Recomputes every hash of what was sent; nothing that was said is taken over. Throws Problem. */
export function readRun(request: EndpointRunRequest, served: Served): ReadRun {
  checkServed(request, served);
  if (request.seedKind === 'none' && request.seed !== '0') throw new Problem('bad_request', 'a model without a seed signs 0');
  const params = readParams(request.params);
  return {
    prompt: request.prompt,
    seed: BigInt(request.seed),
    params,
    inputs: request.inputs.map((input) => readInput(input, params)),
    paramsHash: paramsHash(request.params),
    promptHash: promptHash(request),
  };
}
