import { MILLICREDITS_PER_CREDIT } from '@/lib/money';

const WEI_PER_ETH = 10n ** 18n;
/** The price stands for minutes, and gas moves. What it really costs above or below this is the house's. */
const GAS_PERCENT = 130n;
/** Of what the call carries: nobody should wait out a quote for ETH to rise. */
const VALUE_PERCENT = 105n;
/** 0.25 ETH. What a wrong rate costs the house is in proportion to what it sends. */
export const MAX_RELAYED_PRICE_WEI = WEI_PER_ETH / 4n;

/** Never sent with more gas than three times what was quoted: a contract that receives the token could burn any amount. */
export const maxRelayGas = (gas: bigint): bigint => 3n * gas;

/** What the house sends a call for, in wei, both parts with their margins. */
export function relayCost({ valueWei, gas, gasPriceWei }: { valueWei: bigint; gas: bigint; gasPriceWei: bigint }) {
  const [value, gasWei] = [(valueWei * VALUE_PERCENT) / 100n, (gas * gasPriceWei * GAS_PERCENT) / 100n];
  return { valueWei: value, gasWei, totalWei: value + gasWei };
}

/** Wei in millicredits, rounded up, and never nothing: a hold needs an amount. One credit is one US cent. */
export function priceOfWei(wei: bigint, ethUsdCents: number): bigint {
  const price = (wei * BigInt(ethUsdCents) * MILLICREDITS_PER_CREDIT + WEI_PER_ETH - 1n) / WEI_PER_ETH;
  return price > 0n ? price : 1n;
}
