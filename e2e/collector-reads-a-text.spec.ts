import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { grantBonus } from './fixtures/credits';
import { query } from './fixtures/stack';
import { expect, signIn, test } from './fixtures/wallet';

const NAME = 'Harbour Lines';
const SLUG = 'harbour-lines';

/** The example server as a model of texts: registered, tried as a draft, and published from the wallet. */
async function putToWork(page: Page): Promise<void> {
  const next = () => page.getByRole('button', { name: 'Continue' }).click();
  await page.goto('/studio/new');
  await page.getByLabel('Name', { exact: true }).fill(NAME);
  await page.getByLabel('In a line').fill('A few lines about nothing much.');
  await page.getByLabel('Description').fill('Lines from a small grammar.');
  await page.getByText('Texts', { exact: true }).click();
  await next();
  await page.getByRole('button', { name: 'Use the example server' }).click();
  await page.getByRole('button', { name: 'Test the endpoint' }).click();
  await expect(page.getByLabel('Address of the key')).toHaveValue(/^0x[0-9a-f]{40}$/, { timeout: 25_000 });
  await next();
  await next();
  await page.getByLabel('For each picture').fill('2');
  await next();
  await page.getByRole('button', { name: 'Register the draft' }).click();
  await expect(page).toHaveURL(new RegExp(`/studio/${SLUG}$`), { timeout: 30_000 });
  await page.getByRole('link', { name: 'Publish' }).click();
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Show what it costs' }).click();
  await page.getByRole('button', { name: 'Publish from your wallet' }).click();
  await page.getByRole('link', { name: 'Open its public page' }).click({ timeout: 60_000 });
}

test('a text is made, read as text, kept as card and as plain text, and verified by its letters', async ({ page, wallet }) => {
  test.setTimeout(300_000);
  await page.goto('/');
  await signIn(page, wallet);
  await grantBonus(wallet.address, 100_000);
  await putToWork(page);

  await page.getByLabel('Prompt').fill('low tide');
  await page.getByRole('button', { name: 'Generate', exact: true }).click();
  const tile = page.getByTestId('runs').getByTestId('work-text');
  await expect(tile).toHaveText(/^The .+\.$/s, { timeout: 60_000 });
  const text = await tile.evaluate((element) => element.textContent);
  await page.getByRole('link', { name: 'Open the work' }).click();
  await expect(page).toHaveURL(/\/works\//);
  await expect(page.getByTestId('work-text')).toHaveText(text ?? '-');
  await expect(page.getByTestId('work-text')).toHaveCSS('white-space', /pre-wrap/);

  const [plain] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /^Plain text/ }).click()]);
  const bytes = readFileSync(await plain.path());
  expect(bytes.toString()).toBe(text);
  const id = page.url().split('/').at(-1);
  const [work] = await query<{ content: string }>('SELECT content FROM work WHERE id = $1', [id]);
  expect(work?.content).toBe(`0x${createHash('sha256').update(bytes).digest('hex')}`);

  const [card] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /^Download/ }).click()]);
  await page.goto('/verify');
  await page.locator('input[type=file]').setInputFiles(await card.path());
  const report = page.getByTestId('report');
  await expect(report).toHaveAttribute('data-verdict', 'verified', { timeout: 30_000 });
  await expect(report.locator('[data-link=card]')).toHaveAttribute('data-result', 'not_checked');
  await expect(report.getByTestId('work-text')).toHaveText(text ?? '-');
  // Digests are long words: on a phone they break, and nothing is beside the screen.
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  // Somebody signed out sees nothing of it.
  const stranger = await page.context().browser()?.newContext();
  const answers = await Promise.all(['', '/text', '/file'].map((end) => stranger?.request.get(new URL(`/works/${id}${end}`, page.url()).href)));
  expect(answers.map((answer) => answer?.status())).toEqual([404, 404, 404]);
  await stranger?.close();
});
