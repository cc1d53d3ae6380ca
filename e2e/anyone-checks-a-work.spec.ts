import { expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { query } from './fixtures/stack';

/** A minted work of a house model as strangers have it: its file, its token, its receipt. */
async function mintedWork(page: Page) {
  const [work] = await query<{ id: string; token: string; cid: string; label: string }>(
    `SELECT w.id, t.token_id::text AS token, v.image_cid AS cid, v.label FROM work w JOIN voucher v ON v.work_id = w.id
       JOIN token t ON t.receipt_digest = w.receipt_digest ORDER BY w.captured_at LIMIT 1`,
  );
  if (!work) throw new Error('no minted work');
  const file = await (await page.request.get(`/ipfs/${work.cid}`)).body();
  return { ...work, file, receipt: await (await page.request.get(`/works/${work.id}/receipt`)).text() };
}

async function drop(page: Page, buffer: Buffer, mimeType = 'image/png') {
  await page.getByLabel('File to check').setInputFiles({ name: 'work', mimeType, buffer });
}

test('a file is checked in the browser, credentials too; one changed byte is told, and a re-encoded copy is found as what it resembles', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const work = await mintedWork(page);
  await page.goto('/verify');
  await drop(page, work.file);
  await expect(page.getByRole('heading', { name: 'Verified' })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Read its Content Credentials, too' }).click();
  await expect(page.getByText('not one byte was changed since')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('heading', { name: 'Verified' })).toBeVisible();

  const changed = Buffer.from(work.file);
  changed[changed.length - 200] = (changed[changed.length - 200] ?? 0) ^ 1;
  await drop(page, changed);
  await expect(page.getByRole('heading', { name: 'Verified' })).toHaveCount(0);
  await expect(page.getByText('Broken').first()).toBeVisible({ timeout: 30_000 });

  // As a chat sends it on: smaller, another format, nothing of ours left in it.
  const copy = await sharp(work.file).resize(640).jpeg({ quality: 60 }).toBuffer();
  expect(copy.includes('c2pa') || copy.includes('intaglio')).toBe(false);
  await drop(page, copy, 'image/jpeg');
  await expect(page.getByRole('heading', { name: 'It resembles' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('A likeness proves nothing', { exact: false })).toBeVisible();
  await expect(page.getByRole('link', { name: work.label })).toHaveAttribute('href', `/works/${work.id}`);
});

test('a token id, a CID and a receipt lead to the same work, and nonsense to a sentence', async ({ page }) => {
  test.setTimeout(120_000);
  const work = await mintedWork(page);
  await page.goto('/verify');
  for (const known of [work.token, work.cid, work.receipt]) {
    await page.getByLabel('Or say what you have').fill(known);
    await page.getByRole('button', { name: 'Look it up' }).click();
    await expect(page.getByRole('link', { name: 'Open the work' })).toHaveAttribute('href', `/works/${work.id}`, { timeout: 30_000 });
    await page.reload();
  }
  await page.getByLabel('Or say what you have').fill('0x1234');
  await page.getByRole('button', { name: 'Look it up' }).click();
  await expect(page.getByText('No token with this number is known here.')).toBeVisible();
});
