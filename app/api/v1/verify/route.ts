import { holdOne } from '@/lib/auth/hold-few';
import { takeOne } from '@/lib/auth/rate-limit';
import { database } from '@/lib/db';
import { inTurn } from '@/lib/in-turn';
import { answerPost } from '@/lib/likeness/answer-post';
import { findWork } from '@/lib/likeness/find-work';
import { lookUpQuery } from '@/lib/provenance/look-up-query';
import { openingPoints } from '@/lib/provenance/opening-points';
import { isForm, readUpload, type Upload } from '@/lib/provenance/read-upload';
import { answerPreflight, openRoute } from '@/lib/route';

// A decoded picture is up to 160 MB, and checking it takes a core for seconds: a few at a time in this process, whoever asks.
const checking = inTurn({ most: 2, waiting: 20 });
// Files are held in memory while they come, 20 MB each. Nobody waits for a place: who sends slowly keeps their own only, and for seconds.
const FILES_OF_ONE_CLIENT = 4;
const FILES_AT_ONCE = 32;

const fresh = (answer: object) => Response.json(answer, { headers: { 'cache-control': 'no-store' } });
const counting = (address: string) => async (file: Uint8Array) => takeOne('verifyFile', address, await openingPoints(file));

/** `?token=&collection=`, `?cid=`, `?receipt=`, `?content=` or `?digest=`: public/verify-api.openapi.json has it all. */
export const GET = openRoute(async ({ request, address }) => {
  await takeOne('verify', address);
  const asked = lookUpQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
  return fresh(await checking(() => findWork(database(), asked, counting(address))));
});

/** A file in a form, or JSON: a receipt, or the digests or the likeness of a file that stays where it is. */
export const POST = openRoute(async ({ request, address }) => {
  await takeOne('verify', address);
  const upload = await received(request, address);
  if (upload.kind === 'json') return fresh(await answerPost(database(), upload));
  return fresh(await checking(() => answerPost(database(), upload, counting(address))));
});

async function received(request: Request, address: string): Promise<Upload> {
  if (!isForm(request)) return readUpload(request);
  const places = [holdOne('verify file', address, FILES_OF_ONE_CLIENT)];
  try {
    places.push(holdOne('verify file', 'of everyone', FILES_AT_ONCE));
    return await readUpload(request);
  } finally {
    for (const letGo of places) letGo();
  }
}

export const OPTIONS = answerPreflight;
