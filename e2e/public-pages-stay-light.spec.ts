import { expect, test } from '@playwright/test';
import { BUDGET_BYTES, isLight, scriptsOf } from './fixtures/light';

for (const path of ['/', '/models', '/models/nacre', '/verify', '/docs', '/docs/api']) {
  test(`${path} loads no wallet code, and stays under ${BUDGET_BYTES / 1000} kB of JavaScript`, async ({ page }) => {
    await isLight(page, path);
  });
}

test('a work page loads no wallet code for a visitor', async ({ page }) => {
  await page.goto('/');
  const href = await page.getByRole('main').locator('a[href^="/works/"]').first().getAttribute('href');
  const { bytes, text } = await scriptsOf(page, href ?? '');
  expect(text).not.toMatch(/WagmiProvider|rainbowkit|wallet_switchEthereumChain/i);
  expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
});
