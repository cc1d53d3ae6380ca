import type { Hex } from 'viem';
import { z } from 'zod';
import type { EndpointCall } from '../adapter';
import { askBelow, basicAuth } from './self-hosted-shared';
import { readAs } from './shared/ask';

const modelsShape = z.array(z.object({ title: z.string(), model_name: z.string(), hash: z.string().nullish(), sha256: z.string().nullish() }));
type Call = EndpointCall<{ callMs: number }>;
type Model = z.output<typeof modelsShape>[number];

async function listModels(call: Call): Promise<Model[]> {
  const answer = await askBelow(call, { path: 'sdapi/v1/sd-models', headers: basicAuth(call.secret), timeoutMs: call.options.callMs, phase: 'look' });
  return readAs(modelsShape, answer, 'look').value;
}

/** The checkpoint of a name, which may be any of those that the server itself takes. */
export async function findModel(call: Call, name: string): Promise<Model | undefined> {
  const models = await listModels(call);
  return models.find(({ title, model_name, hash }) => [title, title.replace(/ \[\w+\]$/, ''), model_name, hash].includes(name));
}

/** The whole digest of the checkpoint whose short hash ran. A server that has not computed it says nothing, and neither do we. */
export async function weightsOf(call: Call, shortHash: string): Promise<Hex | null> {
  if (!/^[0-9a-f]{10}$/.test(shortHash)) return null;
  const models = await listModels(call).catch(() => []);
  const sha256 = models.find(({ hash }) => hash === shortHash)?.sha256;
  return sha256?.startsWith(shortHash) && /^[0-9a-f]{64}$/.test(sha256) ? `0x${sha256}` : null;
}
