import 'server-only';
import { randomBytes } from 'node:crypto';
import type { Actor } from '@/lib/actor';
import { chainId } from '@/lib/chain/client';
import { deploymentOf } from '@/lib/chain/deployments';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { MILLICREDITS_PER_CREDIT } from '@/lib/money';
import type { DepositQuoteDto } from './schema';
import { weiFor } from './value-deposit';

const QUOTE_MINUTES = 15;

/** Promises the actor a rate for 15 minutes. The memo to pay with is random, so that nobody can tell from the chain whose it is. */
export async function quoteDeposit(db: Database, actor: Actor, { credits }: { credits: number }): Promise<DepositQuoteDto> {
  const onChain = await chainId();
  const till = deploymentOf(onChain).current('till');
  const memo = `0x${randomBytes(32).toString('hex')}` as const;
  const millicredits = BigInt(credits) * MILLICREDITS_PER_CREDIT;
  const amountWei = weiFor(millicredits, env.ETH_USD_CENTS).toString();
  const expiresAt = new Date(Date.now() + QUOTE_MINUTES * 60_000);
  await db.prisma.depositQuote.create({ data: { memo, userId: actor.userId, millicredits, amountWei, expiresAt } });
  return {
    memo,
    till,
    chainId: onChain,
    amountWei,
    millicredits: millicredits.toString(),
    ethUsdCents: env.ETH_USD_CENTS,
    rateSource: 'fixed rate of this server',
    expiresAt: expiresAt.toISOString(),
  };
}
