import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { grantBonus } from './fixtures/credits';
import { expect, signIn, test } from './fixtures/wallet';

const reasons = (page: Page) => page.getByRole('table').getByRole('rowheader');
const statementRow = (page: Page, reason: string) => page.getByRole('row').filter({ hasText: reason });

/** The lines of the statement's file, without its header; the header is looked at here. */
async function download(page: Page, link: string): Promise<string[]> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).click()]);
  expect(file.suggestedFilename()).toMatch(/^intaglio-statement-\d{4}-\d\d-\d\d\.csv$/);
  const [header, ...lines] = (await readFile(await file.path(), 'utf8')).split('\r\n');
  expect(header).toBe('line,time,reason,about,note,credits,let go,balance,reference,transaction,link');
  return lines.filter(Boolean);
}

test('a collector buys, spends, and finds every credit in the statement, its file and a receipt', async ({ page, wallet, browser, baseURL }) => {
  await test.step('an empty statement says what comes next', async () => {
    await page.goto('/credits');
    await signIn(page, wallet);
    await expect(page.getByText('what each run takes will stand here')).toBeVisible();
  });

  await test.step('buys at the till, and is given a bonus that expires', async () => {
    await page.getByRole('button', { name: /price of/i }).click();
    await page.getByRole('button', { name: /^pay /i }).click();
    await expect(page.getByText('added to your balance')).toBeVisible({ timeout: 30_000 });
    await grantBonus(wallet.address, 300_000, 20);
  });

  await test.step('spends bonus first', async () => {
    await page.goto('/models/strata');
    await page.getByLabel('Prompt').fill('layers of a statement');
    await page.getByRole('button', { name: /^generate/i }).click();
    await expect(page.getByRole('link', { name: 'Open the work' })).toBeVisible({ timeout: 40_000 });
  });

  await test.step('sees what there is, and of what kind', async () => {
    await page.goto('/credits');
    await expect(page.getByText(/of it expires? on /)).toBeVisible();
    await expect(reasons(page)).toHaveText([/Work delivered: Strata/, /Given by Intaglio/, /Bought on-chain: Receipt/]);
    const row = statementRow(page, 'Bought on-chain');
    await expect(row).toContainText('+2,000');
    const work = page.getByRole('link', { name: 'Strata', exact: true });
    await expect(work).toHaveAttribute('href', /^\/works\//);
  });

  await test.step('keeps all of it as a file', async () => {
    const lines = await download(page, 'Download all of it as CSV');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^3,.*,Work delivered,Strata,,-\d+(\.\d+)?,0,[\d.]+,[0-9a-f-]{36},,http.*\/works\//);
    expect(lines[2]).toMatch(/^1,.*,Bought on-chain,Receipt,,2000,0,2000,[0-9a-f-]{36},0x[0-9a-f]{64},/);
  });

  await test.step('narrows it to what was spent today, without JavaScript', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const plain = await browser.newContext({ javaScriptEnabled: false, baseURL, storageState: await page.context().storageState() });
    const still = await plain.newPage();
    await still.goto('/credits');
    await still.getByLabel('Show', { exact: true }).selectOption({ label: 'Spent' });
    await still.getByLabel('From', { exact: true }).fill(today);
    await still.getByLabel('To', { exact: true }).fill(today);
    await still.getByRole('button', { name: 'Show' }).click();
    await expect(still).toHaveURL(new RegExp(`kind=spent&from=${today}&to=${today}`));
    await expect(reasons(still)).toHaveText([/Work delivered/]);
    await still.getByLabel('To', { exact: true }).fill('2020-01-01');
    await still.getByLabel('From', { exact: true }).fill('');
    await still.getByRole('button', { name: 'Show' }).click();
    await expect(still.getByText('No lines like that.')).toBeVisible();
    await plain.close();
  });

  await test.step('a filter holds for the file, too', async () => {
    await page.goto('/credits?kind=bought');
    await expect(reasons(page)).toHaveText([/Bought on-chain/]);
    expect(await download(page, 'Download these lines as CSV')).toHaveLength(1);
  });

  await test.step('prints the receipt, which nobody else can see', async () => {
    await page.getByRole('link', { name: 'Receipt' }).click();
    await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
    await expect(page.getByText('2,000 credits')).toBeVisible();
    await expect(page.getByText(/^0x[0-9a-f]{64}$/)).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('button', { name: 'Print or keep as PDF' })).toBeHidden();
    await expect(page.getByRole('banner')).toBeHidden();
    await page.emulateMedia({ media: 'screen' });
    const receipt = page.url();
    const stranger = await browser.newContext({ baseURL });
    const theirs = await stranger.newPage();
    await theirs.goto(receipt);
    await expect(theirs.getByRole('heading', { name: 'Your receipt' })).toBeVisible();
    await expect(theirs.getByText('2,000 credits')).toBeHidden();
    expect((await stranger.request.get('/credits/statement.csv')).status()).toBe(401);
    await stranger.close();
  });
});

test('the credits page has no accessibility faults, on phones and wide, light and dark', async ({ page, wallet }) => {
  await page.goto('/credits');
  await signIn(page, wallet);
  await grantBonus(wallet.address, 500_000, 20);
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [390, 1280]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.goto('/credits?kind=bonus');
      await expect(reasons(page)).toHaveText([/Given by Intaglio/]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    }
  }
});
