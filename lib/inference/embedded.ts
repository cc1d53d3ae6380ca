import type { Adapter } from './adapter';
import { EndpointError } from './endpoint-error';
import { HOUSE_MODELS } from './house/models';
import type { HousePool } from './house/pool';
import { localAdapter } from './local-adapter';

/** The house models as an endpoint like any other: pixels, the seed that was used, and the digest of the weights that ran. */
export function embeddedAdapter(pool: HousePool): Adapter {
  return localAdapter(async ({ prompt, seed, params }, { reference, signal, onProgress }) => {
    const model = HOUSE_MODELS.find(({ id }) => id === reference);
    if (!model) throw new EndpointError('refused', `no house model ${reference}`, { charged: 'no' });
    const picture = await pool.render({ model: model.id, prompt, seed, params }, { signal, onProgress }).catch((cause) => {
      // An aborted run ends as its signal says; anything else is the endpoint's failure.
      throw signal.aborted ? cause : new EndpointError('failed', 'the house model failed', { charged: 'no', cause });
    });
    return { output: { kind: 'pixels', ...picture }, seedReported: seed, weightsReported: `0x${model.weightsDigest.replace(/^0x/, '')}` };
  });
}
