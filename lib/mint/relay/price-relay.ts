import { maxRelayGas, priceOfWei, relayCost } from '@/lib/credits/price-relay';

/** A mint to a fresh owner with 120 bytes of parameters costs 110,000 gas (contracts/snapshots/gas.json); one that is paid for, some 20,000 more. */
const BASE_GAS = 150_000n;
/** Calldata, the log and its hash, a byte. */
const GAS_PER_BYTE = 40n;

export type RelayCost = { mintPriceWei: bigint; paramsBytes: number; gasPriceWei: bigint; ethUsdCents: number };

const mintGas = (paramsBytes: number) => BASE_GAS + GAS_PER_BYTE * BigInt(paramsBytes);

export const relayMaxGas = (paramsBytes: number): bigint => maxRelayGas(mintGas(paramsBytes));

/** What a mint is sold for, in wei. */
export function relayCostWei({ mintPriceWei, paramsBytes, gasPriceWei }: Omit<RelayCost, 'ethUsdCents'>): { gasWei: bigint; totalWei: bigint } {
  const { gasWei, totalWei } = relayCost({ valueWei: mintPriceWei, gas: mintGas(paramsBytes), gasPriceWei });
  return { gasWei, totalWei };
}

/** Its price in millicredits. */
export const relayPrice = (cost: RelayCost): bigint => priceOfWei(relayCostWei(cost).totalWei, cost.ethUsdCents);
