import { expect, type Page, test } from '@playwright/test';
import { query } from './fixtures/stack';

/** What a public page may load before anybody touches it, as it goes over the wire. */
const BUDGET_BYTES = 175_000;
const OF_PASSES = `0x${'7e'.repeat(20)}`;

// As the indexer writes them: what is weighed here is a page that shows tiers, and not how they come to be.
async function givesTiers(slug: string): Promise<void> {
  await query(`INSERT INTO pass_collection (chain_id, address, creator_id, base) SELECT 31337, $1, creator_id, '' FROM model WHERE slug = $2`, [
    ...[OF_PASSES, slug],
  ]);
  await query(
    `INSERT INTO pass_tier (chain_id, collection, tier_id, label, price_wei, duration_seconds, refund_window_seconds, cap, transferable, open, image_cid, sold, issued)
     SELECT 31337, $1, n, 'Tier ' || n, 10000000000000000, 2592000, 259200, 100, true, true, 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy', 1, 1
     FROM generate_series(1, 3) n`,
    [OF_PASSES],
  );
}
async function takesTiersAway(): Promise<void> {
  await query('DELETE FROM pass_tier WHERE collection = $1', [OF_PASSES]);
  await query('DELETE FROM pass_collection WHERE address = $1', [OF_PASSES]);
}

async function scriptsOf(page: Page, path: string): Promise<{ bytes: number; text: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  const scripts = new Set<string>();
  let bytes = 0;
  cdp.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId));
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  const texts: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') texts.push(response.text().catch(() => ''));
  });
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  return { bytes, text: (await Promise.all(texts)).join('\n') };
}

for (const path of ['/', '/models', '/models/nacre', '/verify', '/docs', '/docs/api', '/docs/errors', '/docs/webhooks', '/my/passes']) {
  test(`${path} loads no wallet code, and stays under ${BUDGET_BYTES / 1000} kB of JavaScript`, async ({ page }) => {
    const { bytes, text } = await scriptsOf(page, path);
    console.log(`${path}: ${(bytes / 1000).toFixed(1)} kB`);
    expect(text.length).toBeGreaterThan(0);
    expect(text).not.toMatch(/WagmiProvider|rainbowkit|wallet_switchEthereumChain|secp256k1/i);
    expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
  });
}

test('a model page with tiers stays as light, and what buys one comes when somebody means to buy', async ({ page }) => {
  await givesTiers('nacre');
  try {
    const { bytes, text } = await scriptsOf(page, '/models/nacre');
    await expect(page.getByRole('button', { name: 'Buy Tier 3' })).toBeVisible();
    console.log(`/models/nacre with tiers: ${(bytes / 1000).toFixed(1)} kB`);
    expect(text).not.toMatch(/WagmiProvider|rainbowkit|wallet_switchEthereumChain|secp256k1|planPurchaseAction/i);
    expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
  } finally {
    await takesTiersAway();
  }
});

test('a work page loads no wallet code for a visitor', async ({ page }) => {
  await page.goto('/');
  const href = await page.getByRole('main').locator('a[href^="/works/"]').first().getAttribute('href');
  const { bytes, text } = await scriptsOf(page, href ?? '');
  expect(text).not.toMatch(/WagmiProvider|rainbowkit|wallet_switchEthereumChain/i);
  expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
});
