import { expect, type Page, test } from '@playwright/test';

/** The local test wallet's own window: every signature and payment is the person's step. */
async function approve(page: Page, kind: 'message' | 'transaction'): Promise<void> {
  const window = page.locator(`dialog[data-test-wallet="${kind}"]`);
  await window.getByRole('button', { name: 'Approve' }).click();
  await expect(window).toBeHidden();
}

async function signIn(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: /local test wallet/i }).click();
  await page.getByRole('button', { name: /sign message/i }).click();
  await approve(page, 'message');
  await expect(page.getByRole('banner').getByRole('button', { name: /account/i })).toBeVisible();
}

test('a newcomer with no wallet extension makes a work, pays for it, mints it and checks it', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await test.step('looks at real works', async () => {
    await page.goto('/');
    await expect(page.getByRole('main').getByRole('img').nth(5)).toBeVisible();
  });

  await test.step('chooses settings, and keeps them through sign-in', async () => {
    await page.goto('/models/nacre');
    await page.getByLabel('Prompt').fill('a slow wave of copper');
    await page.getByRole('radiogroup', { name: 'Variations' }).getByRole('radio', { name: '2' }).check({ force: true });
    await signIn(page);
    await expect(page.getByLabel('Prompt')).toHaveValue('a slow wave of copper');
  });

  await test.step('cannot start without credits, and is told where to get them', async () => {
    await page.getByRole('button', { name: 'Generate 2' }).click();
    await page.getByRole('alert').getByRole('link', { name: 'Buy credits' }).click();
    await expect(page).toHaveURL(/\/credits/);
  });

  await test.step('buys credits at the till', async () => {
    await page.getByRole('button', { name: /price of/i }).click();
    await page.getByRole('button', { name: /^pay /i }).click();
    await approve(page, 'transaction');
    await expect(page.getByText('added to your balance')).toBeVisible({ timeout: 30_000 });
  });

  let workUrl = '';
  await test.step('makes two variations, also through a reload', async () => {
    await page.goto('/models/nacre');
    await expect(page.getByLabel('Prompt')).toHaveValue('a slow wave of copper');
    await page.getByRole('button', { name: 'Generate 2' }).click();
    await expect(page.getByRole('button', { name: 'Cancel' }).first()).toBeVisible();
    await page.reload();
    const open = page.getByRole('link', { name: 'Open the work' });
    await expect(open).toHaveCount(2, { timeout: 40_000 });
    await open.first().click();
    await expect(page).toHaveURL(/\/works\//);
    workUrl = page.url();
  });

  await test.step('mints it, and the indexer says so', async () => {
    await page.getByLabel('Title').fill('Slow Wave');
    await page.getByRole('button', { name: /^mint for/i }).click();
    await approve(page, 'transaction');
    await expect(page.getByRole('heading', { name: 'Slow Wave', level: 1 })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('heading', { name: 'Token' })).toBeVisible();
  });

  await test.step('verifies the file, and sees what breaks when a byte of it changes', async () => {
    const file = Buffer.from(await (await page.request.get(`${workUrl}/file`)).body());
    await page.goto('/verify');
    await page.locator('input[type=file]').setInputFiles({ name: 'work.png', mimeType: 'image/png', buffer: file });
    await expect(page.getByText('verified', { exact: false }).first()).toBeVisible({ timeout: 20_000 });
    const broken = Buffer.from(file);
    const at = broken.indexOf('IDAT') + 2000;
    broken[at] = (broken[at] ?? 0) ^ 1;
    await page.locator('input[type=file]').setInputFiles({ name: 'broken.png', mimeType: 'image/png', buffer: broken });
    await expect(page.getByText(/broken|damaged|not verified|does not/i).first()).toBeVisible({ timeout: 20_000 });
  });

  await test.step('finds it all in the statement', async () => {
    await page.goto('/credits');
    await expect(page.getByText('2,000').first()).toBeVisible();
  });
  expect(errors).toEqual([]);
});
