import { AppError } from '@/lib/errors';
import type { InferenceAdapter } from './adapter';
import { HOUSE_MODELS } from './house/models';
import type { HousePool } from './house/pool';

/** The house models as an endpoint like any other: pixels, the seed that was used, and the digest of the weights that ran. */
export function embeddedAdapter(pool: HousePool): InferenceAdapter {
  return {
    run: async ({ reference, prompt, seed, params }, { signal, onProgress }) => {
      const model = HOUSE_MODELS.find(({ id }) => id === reference);
      if (!model) throw new AppError('endpoint_failed', { cause: new Error(`no house model ${reference}`) });
      const picture = await pool.render({ model: model.id, prompt, seed, params }, { signal, onProgress }).catch((cause) => {
        // An aborted run ends as its signal says; anything else is the endpoint's failure.
        throw signal.aborted ? cause : new AppError('endpoint_failed', { cause });
      });
      return {
        output: { kind: 'pixels', ...picture },
        seedReported: seed,
        weightsReported: `0x${model.weightsDigest.replace(/^0x/, '')}`,
        providerJobId: null,
      };
    },
  };
}
