import { maxUint64 } from 'viem';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { decodeLog } from '@/lib/chain/decode-log';
import type { ChainLog } from '@/lib/chain/types';
import { cidText, DAG_PB, RAW } from '@/lib/protocol/cid';
import { tierOfToken } from './pass-id';

/** Something a log says of a tier or of a pass, as derive.ts reads it. Integers of wei as decimal text. */
export type PassFact = { tierId: number; tokenId: bigint | null; kind: string; data: Record<string, unknown> };

/** The end of the year 9999: databases and Date write later ones in other ways. */
const LATEST_S = 253_402_300_799n;

/** The fact in a log of a collection of passes, or null where it says nothing we keep. */
export function readEvent(log: ChainLog): PassFact | null {
  const event = decodeLog(passCollectionAbi, log);
  switch (event?.eventName) {
    case 'TierAdded': {
      const { price, duration, refundWindow, cap, transferable, open, codec, image, label } = event.args.terms;
      const imageCid = cidText({ codec: codec === DAG_PB ? DAG_PB : RAW, digest: image });
      const data = { label, priceWei: price.toString(), duration, refundWindow, cap, transferable, open, imageCid };
      return { tierId: Number(event.args.tierId), tokenId: null, kind: 'tier', data };
    }
    case 'SaleChanged':
      return ofTier(event.args.tierId, 'sale', { priceWei: event.args.price.toString(), open: event.args.open });
    case 'CapLowered':
      return ofTier(event.args.tierId, 'cap', { cap: event.args.cap });
    case 'Transfer':
      return ofToken(event.args.id, 'transfer', { from: event.args.from.toLowerCase(), to: event.args.to.toLowerCase() });
    case 'SubscriptionUpdate':
      return ofToken(event.args.tokenId, 'expiry', { expiresAt: momentOf(event.args.expiration) });
    case 'Bought':
      return ofToken(event.args.tokenId, 'bought', { payer: event.args.payer.toLowerCase(), priceWei: event.args.price.toString() });
    case 'Renewed':
      return ofToken(event.args.tokenId, 'renewed', { payer: event.args.payer.toLowerCase(), priceWei: event.args.price.toString() });
    case 'Refunded': {
      const { payer, amount, sent } = event.args;
      return ofToken(event.args.tokenId, 'refunded', { payer: payer.toLowerCase(), priceWei: amount.toString(), sent });
    }
    default:
      return null;
  }
}

const ofTier = (tierId: bigint, kind: string, data: PassFact['data']): PassFact => ({ tierId: Number(tierId), tokenId: null, kind, data });
const ofToken = (tokenId: bigint, kind: string, data: PassFact['data']): PassFact => ({ tierId: tierOfToken(tokenId), tokenId, kind, data });

/** The contract's seconds: the first one a pass is no longer good. Null: never; 0 (1970) after it was cancelled. */
export function expiryOf(seconds: bigint): Date | null {
  if (seconds === maxUint64) return null;
  return new Date(Number(seconds < LATEST_S ? seconds : LATEST_S) * 1000);
}
const momentOf = (seconds: bigint) => expiryOf(seconds)?.toISOString() ?? null;
