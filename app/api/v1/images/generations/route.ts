import { database } from '@/lib/db';
import { makeImages } from '@/lib/gateway/openai/make-images';
import { imagesInput } from '@/lib/gateway/openai/schema';
import { fresh, payableRoute, readJson } from '@/lib/gateway/route';
import { payPerCall } from '@/lib/gateway/x402/pay-per-call';
import { paidImage } from '@/lib/gateway/x402/payables';

/** OpenAI’s images.generate. Without credentials one picture can be paid (x402). */
export const POST = payableRoute(
  'run',
  async (call) => fresh(await makeImages(database(), call, readJson(call, imagesInput))),
  payPerCall(paidImage),
);
