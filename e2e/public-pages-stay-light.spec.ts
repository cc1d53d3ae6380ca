import { expect, type Page, test } from '@playwright/test';

/** What a public page may load before anybody touches it, as it goes over the wire. */
const BUDGET_BYTES = 175_000;

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

for (const path of ['/', '/models', '/models/nacre', '/verify', '/docs', '/docs/api']) {
  test(`${path} loads no wallet code, and stays under ${BUDGET_BYTES / 1000} kB of JavaScript`, async ({ page }) => {
    const { bytes, text } = await scriptsOf(page, path);
    console.log(`${path}: ${(bytes / 1000).toFixed(1)} kB`);
    expect(text.length).toBeGreaterThan(0);
    expect(text).not.toMatch(/WagmiProvider|rainbowkit|wallet_switchEthereumChain|secp256k1/i);
    expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
  });
}

test('a work page loads no wallet code for a visitor', async ({ page }) => {
  await page.goto('/');
  const href = await page.getByRole('main').locator('a[href^="/works/"]').first().getAttribute('href');
  const { bytes, text } = await scriptsOf(page, href ?? '');
  expect(text).not.toMatch(/WagmiProvider|rainbowkit|wallet_switchEthereumChain/i);
  expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
});
