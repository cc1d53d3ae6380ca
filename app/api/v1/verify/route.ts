import { takeOne } from '@/lib/auth/rate-limit';
import { database } from '@/lib/db';
import { inTurn } from '@/lib/in-turn';
import { answerPost } from '@/lib/likeness/answer-post';
import { findWork } from '@/lib/likeness/find-work';
import { lookUpQuery } from '@/lib/provenance/look-up-query';
import { readUpload } from '@/lib/provenance/read-upload';
import { answerPreflight, openRoute } from '@/lib/route';

// A decoded picture is up to 160 MB, and checking it takes a core for seconds: a few at a time in this process, whoever asks.
const checking = inTurn({ most: 2, waiting: 20 });
const reading = inTurn({ most: 8, waiting: 40 });

const fresh = (answer: object) => Response.json(answer, { headers: { 'cache-control': 'no-store' } });

/** `?token=&collection=`, `?cid=`, `?receipt=`, `?content=` or `?digest=`: public/verify-api.openapi.json has it all. */
export const GET = openRoute(async ({ request, address }) => {
  await takeOne('verify', address);
  const asked = lookUpQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
  return fresh(await checking(() => findWork(database(), asked)));
});

/** A file in a form, or JSON: a receipt, or the digests or the likeness of a file that stays where it is. */
export const POST = openRoute(async ({ request, address }) => {
  await takeOne('verify', address);
  const upload = await reading(() => readUpload(request));
  if (upload.kind === 'json') return fresh(await answerPost(database(), upload));
  await takeOne('verifyFile', address);
  return fresh(await checking(() => answerPost(database(), upload)));
});

export const OPTIONS = answerPreflight;
