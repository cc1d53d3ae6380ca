import 'server-only';
import type { Actor } from '@/lib/actor';
import { withoutUrl } from '@/lib/chain/chain-error';
import { publicClient } from '@/lib/chain/client';
import { ethUsdCents } from '@/lib/chain/eth-price';
import { MAX_RELAYED_PRICE_WEI } from '@/lib/credits/price-relay';
import { getBalance } from '@/lib/credits/queries';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { loadMintable } from '../load-mintable';
import { relayCostWei, relayMaxGas, relayPrice } from './price-relay';
import { sealRelayQuote } from './relay-quote';
import type { RelayQuoteDto } from './schema';

/** What it costs, in credits, that the house mints a work for its owner. Stands for QUOTE_SECONDS; costs nothing and fixes nothing. */
export async function quoteRelay(db: Database, actor: Actor, { workId }: { workId: string }): Promise<RelayQuoteDto> {
  const { generation, voucher, version } = await loadMintable(db, actor, workId);
  const mintPriceWei = BigInt((voucher?.priceWei ?? generation.mintPriceWei).toFixed(0));
  if (mintPriceWei > MAX_RELAYED_PRICE_WEI) throw new AppError('relay_too_dear');
  const gasPriceWei = await publicClient()
    .getGasPrice()
    .catch((cause: unknown) => {
      throw new AppError('chain_unavailable', { cause: withoutUrl(cause) });
    });
  const cost = {
    mintPriceWei,
    paramsBytes: Buffer.byteLength(generation.paramsText),
    gasPriceWei,
    ethUsdCents: await ethUsdCents(publicClient(), version.chainId),
  };
  const priceMillicredits = relayPrice(cost).toString();
  const expiresAtMs = Date.now() + env.QUOTE_SECONDS * 1000;
  const { byBucket } = await getBalance(db, actor);
  return {
    token: sealRelayQuote({
      quoteId: newId(),
      userId: actor.userId,
      workId,
      priceMillicredits,
      maxGas: relayMaxGas(cost.paramsBytes).toString(),
      expiresAtMs,
    }),
    priceMillicredits,
    mintPriceWei: mintPriceWei.toString(),
    gasWei: relayCostWei(cost).gasWei.toString(),
    spendableMillicredits: byBucket.onchain,
    expiresAt: new Date(expiresAtMs).toISOString(),
  };
}
