import { database } from '@/lib/db';
import { makeImages } from '@/lib/gateway/openai/make-images';
import { imagesInput } from '@/lib/gateway/openai/schema';
import { fresh, gatewayRoute, readJson } from '@/lib/gateway/route';

/** OpenAI’s images.generate. */
export const POST = gatewayRoute('run', async (call) => fresh(await makeImages(database(), call, readJson(call, imagesInput))));
