import { MILLICREDITS_PER_CREDIT } from '@/lib/money';

const WEI_PER_ETH = 10n ** 18n;
/** A mint to a fresh owner with 120 bytes of parameters costs 110,000 gas (contracts/snapshots/gas.json); one that is paid for, some 20,000 more. */
const BASE_GAS = 150_000n;
/** Calldata, the log and its hash, a byte. */
const GAS_PER_BYTE = 40n;
/** The price stands for minutes, and gas moves. What it really costs above or below this is the house's. */
const MARGIN_PERCENT = 130n;

/** Of the mint price: nobody should wait out a quote for ETH to rise. */
const MINT_PRICE_PERCENT = 105n;
/** 0.25 ETH. What a wrong rate costs the house is in proportion to what it sends. */
export const MAX_RELAYED_PRICE_WEI = WEI_PER_ETH / 4n;

export type RelayCost = { mintPriceWei: bigint; paramsBytes: number; gasPriceWei: bigint; ethUsdCents: number };

const mintGas = (paramsBytes: number) => BASE_GAS + GAS_PER_BYTE * BigInt(paramsBytes);

/** Never sent with more gas than three times what was quoted: a contract that receives the token could burn any amount. */
export const relayMaxGas = (paramsBytes: number): bigint => 3n * mintGas(paramsBytes);

/** What a mint is sold for, in wei, both parts with their margins. */
export function relayCostWei({ mintPriceWei, paramsBytes, gasPriceWei }: Omit<RelayCost, 'ethUsdCents'>): { gasWei: bigint; totalWei: bigint } {
  const gasWei = (mintGas(paramsBytes) * gasPriceWei * MARGIN_PERCENT) / 100n;
  return { gasWei, totalWei: (mintPriceWei * MINT_PRICE_PERCENT) / 100n + gasWei };
}

/** Its price in millicredits, rounded up: one credit is one US cent. */
export function relayPrice(cost: RelayCost): bigint {
  const { totalWei } = relayCostWei(cost);
  const price = (totalWei * BigInt(cost.ethUsdCents) * MILLICREDITS_PER_CREDIT + WEI_PER_ETH - 1n) / WEI_PER_ETH;
  return price > 0n ? price : 1n;
}
