import { z } from 'zod';
import { database } from '@/lib/db';
import { findSent } from '@/lib/passes/pass-page';
import { userRoute } from '@/lib/route';

const input = z.object({ hash: z.string().regex(/^0x[0-9a-f]{64}$/) });

/** Whether the index has what a wallet sent about passes, or to take out what a collection earned: SentDto. */
export const GET = userRoute(async ({ params }) => {
  const { hash } = input.parse(params);
  return Response.json(await findSent(database(), hash), { headers: { 'cache-control': 'no-store' } });
});
