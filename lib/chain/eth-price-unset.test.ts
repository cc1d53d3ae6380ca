import { beforeEach, expect, test, vi } from 'vitest';

// A real chain: no stand-ins, and its feed is the operator's to name.
vi.mock('./deployments', () => ({ deploymentOf: () => ({ standIns: null }) }));
vi.stubEnv('ETH_USD_FEED', '');
// Settings are read once.
beforeEach(() => vi.resetModules());

async function read(cents: string) {
  vi.stubEnv('ETH_USD_CENTS', cents);
  const [{ readEthPrice }, { openClient }] = await Promise.all([import('./eth-price'), import('./client')]);
  return readEthPrice(openClient('http://127.0.0.1:1'), 1);
}

test('where neither a feed nor a rate is set, ETH has no price: none is made up', async () => {
  await expect(read('')).rejects.toMatchObject({ code: 'price_unavailable', cause: { message: expect.stringContaining('ETH_USD_FEED') } });
});

test('a rate that was set counts where there is no feed, and says that it is fixed', async () => {
  expect(await read('310000')).toMatchObject({ usdCents: 310_000, source: 'fixed rate of this server' });
});
