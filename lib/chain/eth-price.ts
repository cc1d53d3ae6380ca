import 'server-only';
import { type Hex, type PublicClient, parseAbi } from 'viem';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { withoutUrl } from './chain-error';
import { deploymentOf } from './deployments';

/** What one ETH costs, and who says so. */
export type EthPrice = {
  usdCents: number;
  /** For people: the feed's own name and round, or that the rate is fixed. */
  source: string;
  /** When that was said. */
  at: Date;
};

const feedAbi = parseAbi([
  'function decimals() view returns (uint8)',
  'function description() view returns (string)',
  'function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
]);

/**
 * The price of ETH by the chain's feed; where there is none, the fixed rate of the settings. Asks the chain: outside transactions only.
 * Throws `price_unavailable` when neither is set, or the feed's answer cannot be believed: a wrong price is worse than none.
 */
export async function readEthPrice(client: PublicClient, chainId: number): Promise<EthPrice> {
  const feed = env.ETH_USD_FEED ?? deploymentOf(chainId).standIns?.ethUsdFeed;
  if (!feed) return fixedRate();
  return readFeed(client, feed).catch((cause: unknown) => {
    throw new AppError('price_unavailable', { cause: withoutUrl(cause) });
  });
}

function fixedRate(): EthPrice {
  const usdCents = env.ETH_USD_CENTS;
  if (usdCents === undefined) throw new AppError('price_unavailable', { cause: new Error('neither ETH_USD_FEED nor ETH_USD_CENTS is set') });
  return { usdCents, source: 'fixed rate of this server', at: new Date() };
}

async function readFeed(client: PublicClient, address: Hex): Promise<EthPrice> {
  const ask = { address, abi: feedAbi } as const;
  const [[round, answer, , updatedAt, answeredInRound], decimals, description] = await Promise.all([
    client.readContract({ ...ask, functionName: 'latestRoundData' }),
    client.readContract({ ...ask, functionName: 'decimals' }),
    client.readContract({ ...ask, functionName: 'description' }),
  ]);
  const at = new Date(Number(updatedAt) * 1000);
  const ageSeconds = Math.floor((Date.now() - at.getTime()) / 1000);
  if (updatedAt === 0n || answeredInRound < round) throw new Error(`round ${round} of the feed is not complete`);
  if (ageSeconds > env.ETH_USD_MAX_AGE_SECONDS) throw new Error(`the feed's answer is ${ageSeconds} s old`);
  const usdCents = Number((answer * 100n) / 10n ** BigInt(decimals));
  if (usdCents <= 0 || !Number.isSafeInteger(usdCents)) throw new Error(`the feed answers ${answer}`);
  return { usdCents, source: `${description}, round ${round}`, at };
}

const KEPT_MS = 10_000;
const kept = new Map<number, { until: number; price: Promise<EthPrice> }>();

/** Like `readEthPrice`, asked every ten seconds at most. A failure is not kept. */
export function ethPrice(client: PublicClient, chainId: number): Promise<EthPrice> {
  const known = kept.get(chainId);
  if (known && known.until > Date.now()) return known.price;
  const price = readEthPrice(client, chainId);
  kept.set(chainId, { until: Date.now() + KEPT_MS, price });
  price.catch(() => kept.delete(chainId));
  return price;
}

/** US cents of one ETH by the same feed. */
export const ethUsdCents = async (client: PublicClient, chainId: number): Promise<number> => (await ethPrice(client, chainId)).usdCents;
