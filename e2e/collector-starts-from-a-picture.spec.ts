import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { query } from './fixtures/stack';
import { expect, signIn, test } from './fixtures/wallet';

/** A photo with a place in it. */
const photo = () =>
  sharp({ create: { width: 900, height: 600, channels: 3, background: '#8a6f4d' } })
    .withMetadata({ orientation: 6, exif: { IFD0: { Make: 'Canary camera' } } })
    .jpeg()
    .toBuffer();

/** The example server as a draft: runs of it are free. */
async function registerExample(page: Page): Promise<void> {
  await page.goto('/studio/new');
  const next = () => page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Photo Relief');
  await next();
  await page.getByRole('button', { name: 'Use the example server' }).click();
  await page.getByRole('button', { name: 'Test the endpoint' }).click();
  await expect(page.getByLabel('Address of the key')).toHaveValue(/^0x[0-9a-f]{40}$/, { timeout: 25_000 });
  await next();
  // The form's own preview shows the field, and takes nothing.
  await expect(page.getByLabel('Start from', { exact: true })).toBeDisabled();
  await next();
  await next();
  await page.getByRole('button', { name: 'Register the draft' }).click();
  await expect(page).toHaveURL(/\/studio\/photo-relief/, { timeout: 30_000 });
}

test('a picture of one’s own is what a run starts from, and nobody else can see it', async ({ page, wallet, browser, baseURL }) => {
  test.setTimeout(180_000);
  await page.goto('/');
  await signIn(page, wallet);
  await registerExample(page);
  await page.getByRole('link', { name: 'Try it' }).click();
  const chooser = page.getByLabel('Start from', { exact: true });

  await test.step('what is no picture is refused in words', async () => {
    await chooser.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') });
    await expect(page.getByRole('alert').getByText('That is not a picture we can read')).toBeAttached();
  });
  await test.step('a photo is taken, shown, and taken out again with the keyboard', async () => {
    await chooser.setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: await photo() });
    await expect(page.getByText('Ready, 600 × 900 px')).toBeVisible();
    await expect(page.getByAltText('The picture to start from')).toBeVisible();
    await chooser.focus();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Remove' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByAltText('The picture to start from')).toBeHidden();
    await expect(chooser).toBeFocused();
  });
  await test.step('it is there again after a reload, and the run starts from it', async () => {
    await chooser.setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: await photo() });
    await expect(page.getByText('Ready, 600 × 900 px')).toBeVisible();
    await page.reload();
    await expect(page.getByAltText('The picture to start from')).toBeVisible();
    await page.getByRole('button', { name: 'Generate', exact: true }).click();
    await expect(page.getByRole('link', { name: 'Open the work' })).toBeVisible({ timeout: 60_000 });
  });

  const [run] = await query<{ content: string; params: string }>(
    `SELECT u.content, g.params_text AS params FROM generation g JOIN upload u ON u.id = g.upload_id JOIN "user" p ON p.id = g.user_id WHERE p.address = $1`,
    [wallet.address.toLowerCase()],
  );
  expect(JSON.parse(run?.params ?? '{}')).toMatchObject({ picture: run?.content });
  const own = await page.request.get(`/api/uploads/${run?.content}`);
  expect([own.status(), (await own.body()).toString('latin1').includes('Canary')]).toEqual([200, false]);
  const stranger = await browser.newContext({ baseURL });
  expect((await stranger.request.get(`/api/uploads/${run?.content}`)).status()).toBe(401);
  await stranger.close();
});
