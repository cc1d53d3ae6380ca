import { z } from 'zod';
import { database } from '@/lib/db';
import { getDeposit } from '@/lib/payments/queries';
import { userRoute } from '@/lib/route';

const input = z.object({ memo: z.string().regex(/^0x[0-9a-f]{64}$/) });

/** Where the payment of one of the caller's quotes stands: DepositDto, or null while the chain has none. */
export const GET = userRoute(async ({ params, actor }) => {
  const { memo } = input.parse(params);
  return Response.json(await getDeposit(database(), actor, memo), { headers: { 'cache-control': 'no-store' } });
});
