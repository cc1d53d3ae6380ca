import 'server-only';
import { randomBytes } from 'node:crypto';
import type { Actor } from '@/lib/actor';
import { chainId, publicClient } from '@/lib/chain/client';
import { deploymentOf } from '@/lib/chain/deployments';
import { ethPrice } from '@/lib/chain/eth-price';
import { usdcOf } from '@/lib/chain/usdc';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { MILLICREDITS_PER_CREDIT } from '@/lib/money';
import type { DepositQuoteDto } from './schema';
import { usdcFor, weiFor } from './value-deposit';

const QUOTE_MINUTES = 15;

type Input = { credits: number; asset?: 'eth' | 'usdc' };
type Terms = Pick<DepositQuoteDto, 'token' | 'amount' | 'rate'>;

/** Promises the actor a rate for 15 minutes. The memo to pay with is random, so that nobody can tell from the chain whose it is. */
export async function quoteDeposit(db: Database, actor: Actor, { credits, asset = 'eth' }: Input): Promise<DepositQuoteDto> {
  const onChain = await chainId();
  const till = deploymentOf(onChain).current('till');
  const memo = `0x${randomBytes(32).toString('hex')}` as const;
  const millicredits = BigInt(credits) * MILLICREDITS_PER_CREDIT;
  const { token, amount, rate } = asset === 'eth' ? await inEth(onChain, millicredits) : inUsdc(onChain, millicredits);
  const expiresAt = new Date(Date.now() + QUOTE_MINUTES * 60_000);
  await db.prisma.depositQuote.create({
    data: { memo, userId: actor.userId, asset, millicredits, amount, ethUsdCents: rate.ethUsdCents, rateSource: rate.source, expiresAt },
  });
  return { memo, till, chainId: onChain, asset, token, amount, millicredits: millicredits.toString(), rate, expiresAt: expiresAt.toISOString() };
}

async function inEth(onChain: number, millicredits: bigint): Promise<Terms> {
  const { usdCents, source, at } = await ethPrice(publicClient(), onChain);
  const rate = { ethUsdCents: usdCents, source, at: at.toISOString() };
  return { token: null, amount: weiFor(millicredits, usdCents).toString(), rate };
}

function inUsdc(onChain: number, millicredits: bigint): Terms {
  const token = usdcOf(onChain);
  if (!token) throw new AppError('misconfigured', { message: 'This till takes no USDC. Pay in ETH.' });
  const rate = { ethUsdCents: null, source: '1 USDC = 100 credits, always', at: new Date().toISOString() };
  return { token, amount: usdcFor(millicredits).toString(), rate };
}
