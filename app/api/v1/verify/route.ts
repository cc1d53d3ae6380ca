import { takeOne } from '@/lib/auth/rate-limit';
import { database } from '@/lib/db';
import { answerPost } from '@/lib/likeness/answer-post';
import { findWork } from '@/lib/likeness/find-work';
import { lookUpQuery } from '@/lib/provenance/look-up-query';
import { readUpload } from '@/lib/provenance/read-upload';
import { answerPreflight, openRoute } from '@/lib/route';

const fresh = (answer: object) => Response.json(answer, { headers: { 'cache-control': 'no-store' } });

/** `?token=&collection=`, `?cid=`, `?receipt=`, `?content=` or `?digest=`: public/verify-api.openapi.json has it all. */
export const GET = openRoute(async ({ request, address }) => {
  await takeOne('verify', address);
  return fresh(await findWork(database(), lookUpQuery.parse(Object.fromEntries(new URL(request.url).searchParams))));
});

/** A file in a form, or JSON: a receipt, or the digests or the likeness of a file that stays where it is. */
export const POST = openRoute(async ({ request, address }) => {
  await takeOne('verify', address);
  return fresh(await answerPost(database(), await readUpload(request)));
});

export const OPTIONS = answerPreflight;
