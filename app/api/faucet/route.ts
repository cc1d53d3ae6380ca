import { clientOf, takeOne } from '@/lib/auth/rate-limit';
import { requireSameOrigin } from '@/lib/auth/same-origin';
import { chainId, publicClient } from '@/lib/chain/client';
import { deploymentOf } from '@/lib/chain/deployments';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { userRoute } from '@/lib/route';
import { fundAccount } from './fund-account';

/** POST: test ETH and test USDC for the signed-in account, on the local chain that the launcher runs and nowhere else → { balanceWei, balanceUsdc }. */
export const POST = userRoute(async ({ request, actor }) => {
  const key = env.EMBEDDED_FAUCET_KEY;
  if (!env.EMBEDDED_CHAIN || !key) throw new AppError('not_found');
  requireSameOrigin(request.headers, env.PUBLIC_URL);
  await takeOne('faucet', clientOf(request.headers));
  const local = await chainId();
  const usdc = deploymentOf(local).standIns?.usdc;
  if (!usdc) throw new AppError('not_found');
  const faucet = { key: key as `0x${string}`, rpcUrl: env.RPC_URL, chainId: local, client: publicClient(), usdc };
  const has = await fundAccount(faucet, actor.address);
  return Response.json({ balanceWei: String(has.wei), balanceUsdc: String(has.usdc) }, { headers: { 'cache-control': 'no-store' } });
});
