import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { GenerationDto } from '@/lib/generations/schema';
import type { ParameterSchema, ParameterValues } from '@/lib/models/schema';
import { readSealedFile } from '@/lib/works/read-file';
import type { Caller } from '../doors/door';
import { fileLink } from '../file-link';
import type { GatewayCall } from '../route';
import { findModel } from '../runs/find-model';
import { placeToLook } from '../runs/place-to-look';
import { startRuns } from '../runs/start-runs';
import { waitForRuns } from '../runs/wait-for-runs';
import type { RunInput } from '../schema';
import type { ImagesInput } from './schema';

/** `size` as the model’s own width and height, where they are settings of it. Throws `invalid_input` where they are not. */
function sized(params: ParameterValues, size: string | null | undefined, { properties }: ParameterSchema): ParameterValues {
  if (!size || size === 'auto') return params;
  if (!properties.width || !properties.height) throw new AppError('invalid_input', { message: 'This model makes one size: leave size out.' });
  const [width, height] = size.split('x').map(Number);
  return { width: width ?? 0, height: height ?? 0, ...params };
}

/** What OpenAI’s images.generate asks for, in our words. Throws `invalid_input` for a model of texts. */
export async function imagesAsked(db: Database, caller: Pick<Caller, 'modelIds'>, input: ImagesInput): Promise<RunInput> {
  const { prompt, seed, parentWorkId, passId, n: count } = input;
  const { manifest, digest } = await findModel(db, caller, input.model);
  if (manifest.kind !== 'image') throw new AppError('invalid_input', { message: 'This model makes texts: use /chat/completions.' });
  const params = sized(input.params, input.size, manifest.parameters);
  return { model: digest, prompt, params, seed, count, parentWorkId, passId };
}

/** What it answers with: the sealed files of runs. */
export async function imagesBody(db: Database, { actor }: Pick<Caller, 'actor'>, runs: GenerationDto[], format: ImagesInput['response_format']) {
  const data = await Promise.all(
    runs.map(async ({ id, seed: used }) => ({
      ...(format === 'b64_json' ? { b64_json: (await readSealedFile(db, actor, id)).bytes.toString('base64') } : { url: fileLink(actor, id) }),
      intaglio: { work: `/api/v1/works/${id}`, receipt: `/api/v1/works/${id}/receipt`, seed: used },
    })),
  );
  return { created: Math.floor(Date.now() / 1000), data, output_format: 'png' };
}

/** OpenAI’s images.generate: starts runs, waits for them, and answers with their files. */
export async function makeImages(db: Database, call: GatewayCall<Caller>, input: ImagesInput) {
  const leave = placeToLook('waits', call.caller.actor.userId);
  try {
    const { quoteId } = await startRuns(db, call, await imagesAsked(db, call.caller, input));
    const runs = await waitForRuns(db, call.caller, quoteId, call.request.signal);
    return await imagesBody(db, call.caller, runs, input.response_format);
  } finally {
    leave();
  }
}
