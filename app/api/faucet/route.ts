import { clientOf, takeOne } from '@/lib/auth/rate-limit';
import { requireSameOrigin } from '@/lib/auth/same-origin';
import { chainId, publicClient } from '@/lib/chain/client';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { userRoute } from '@/lib/route';
import { fundAccount } from './fund-account';

/** POST: test ETH for the signed-in account, on the local chain that the launcher runs and nowhere else → { balanceWei }. */
export const POST = userRoute(async ({ request, actor }) => {
  const key = env.EMBEDDED_FAUCET_KEY;
  if (!env.EMBEDDED_CHAIN || !key) throw new AppError('not_found');
  requireSameOrigin(request.headers, env.PUBLIC_URL);
  await takeOne('faucet', clientOf(request.headers));
  const faucet = { key: key as `0x${string}`, rpcUrl: env.RPC_URL, chainId: await chainId(), client: publicClient() };
  const balance = await fundAccount(faucet, actor.address);
  return Response.json({ balanceWei: String(balance) }, { headers: { 'cache-control': 'no-store' } });
});
