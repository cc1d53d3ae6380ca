import { expect, test } from 'vitest';
import { relayCostWei, relayPrice } from './price-relay';

const gwei = 1_000_000_000n;
const ethUsdCents = 250_000;

test('a relayed mint costs its mint price and its gas, each with its margin, in credits rounded up', () => {
  const cost = { mintPriceWei: 10n ** 15n, paramsBytes: 0, gasPriceWei: 2n * gwei };
  expect(relayCostWei(cost)).toEqual({ gasWei: 390_000n * gwei, totalWei: 1_050_000n * gwei + 390_000n * gwei });
  // 0.00144 ETH at US$2,500 are 360 cents.
  expect(relayPrice({ ...cost, ethUsdCents })).toBe(360_000n);
  expect(relayPrice({ ...cost, mintPriceWei: cost.mintPriceWei + 1n, ethUsdCents })).toBe(360_001n);
});

test('longer parameters cost more', () => {
  const cost = { mintPriceWei: 0n, gasPriceWei: gwei, ethUsdCents };
  expect(relayPrice({ ...cost, paramsBytes: 1000 })).toBeGreaterThan(relayPrice({ ...cost, paramsBytes: 10 }));
});

test('where gas is free, it is still not nothing: a hold needs an amount', () => {
  expect(relayPrice({ mintPriceWei: 0n, paramsBytes: 0, gasPriceWei: 0n, ethUsdCents })).toBe(1n);
});
