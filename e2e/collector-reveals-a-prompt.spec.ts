import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { grantBonus } from './fixtures/credits';
import { query } from './fixtures/stack';
import { expect, signIn, test } from './fixtures/wallet';

const PROMPT = 'a heron at first light';

/** Returns the address of its page. */
async function makeWork(page: Page): Promise<string> {
  await page.goto('/models/nacre');
  await page.getByLabel('Prompt').fill(PROMPT);
  await page.getByRole('button', { name: /^generate/i }).click();
  await page.getByRole('link', { name: 'Open the work' }).first().click({ timeout: 60_000 });
  await expect(page.getByTestId('prompt')).toHaveText(PROMPT, { timeout: 30_000 });
  await expect(page.getByRole('switch', { name: 'Show in the gallery' })).toBeVisible();
  return page.url();
}

test('a prompt goes to one address by a link, and to everyone after a warning; every browser hashes it anew', async ({ page, wallet, browser }) => {
  test.setTimeout(180_000);
  await page.goto('/');
  await signIn(page, wallet);
  await grantBonus(wallet.address, 100_000);
  const path = await makeWork(page);
  await expect(page.getByText('Only you see this')).toBeVisible();
  await expect(page.getByText('to the letter')).toBeVisible();

  // A link for oneself stands for one of a friend: whoever is signed in with its address sees it.
  await page.getByText('Show it to one address').click();
  await page.getByLabel('Address', { exact: true }).fill('0x');
  await page.getByRole('button', { name: 'Make a link' }).click();
  await expect(page.getByText('An address is 0x and 40 hex digits.')).toBeVisible();
  await page.getByLabel('Address', { exact: true }).fill(wallet.address);
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = (await page.getByText(/\/openings\/[\w-]{43}$/).textContent()) ?? '';
  await expect(page.getByText('Not opened yet')).toBeVisible();

  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(link);
  await expect(stranger.getByText('Sign in with the one it was made for')).toBeVisible();
  expect(await stranger.content()).not.toContain(PROMPT);
  expect((await stranger.goto(path))?.status()).toBe(404);

  await page.goto(link);
  expect(await page.content()).not.toContain(PROMPT);
  await page.getByRole('button', { name: 'Show me the prompt' }).click();
  await expect(page.getByTestId('prompt')).toHaveText(PROMPT);
  await expect(page.getByText('to the letter')).toBeVisible();
  await page.goto(path);
  await expect(page.getByText(/^Opened /)).toBeVisible();

  await page.getByRole('switch', { name: 'Show in the gallery' }).click();
  await expect.poll(async () => (await stranger.goto(path))?.status()).toBe(200);
  await expect(stranger.getByTestId('prompt')).toHaveCount(0);
  await page.getByRole('button', { name: 'Reveal the prompt to everyone' }).click();
  await expect(page.getByRole('dialog').getByText('This cannot be undone')).toBeVisible();
  await page.getByRole('button', { name: 'Keep it private' }).click();
  await stranger.reload();
  await expect(stranger.getByTestId('prompt')).toHaveCount(0);
  await page.getByRole('button', { name: 'Reveal the prompt to everyone' }).click();
  await page.getByRole('button', { name: 'Reveal it for good' }).click();
  await expect(page.getByText(/^Revealed to everyone/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Reveal the prompt to everyone' })).toHaveCount(0);

  await stranger.reload();
  await expect(stranger.getByTestId('prompt')).toHaveText(PROMPT);
  await expect(stranger.getByText('to the letter')).toBeVisible();
  const [file] = await Promise.all([
    stranger.waitForEvent('download'),
    stranger.getByRole('link', { name: 'Take prompt and salt as a file' }).click(),
  ]);
  const opening = JSON.parse(readFileSync(await file.path(), 'utf8')) as { salt: string; prompt: string };
  const digest = createHash('sha256')
    .update(Buffer.from(opening.salt.slice(2), 'hex'))
    .update(opening.prompt)
    .digest('hex');
  const [run] = await query<{ prompt_hash: string }>('SELECT prompt_hash FROM generation WHERE id = $1', [path.split('/').at(-1)]);
  expect(`0x${digest}`).toBe(run?.prompt_hash);
  const [receipt] = await Promise.all([
    stranger.waitForEvent('download'),
    stranger.getByRole('link', { name: 'Take the receipt as a file' }).click(),
  ]);
  const { typedData, proofType } = JSON.parse(readFileSync(await receipt.path(), 'utf8'));
  expect([typedData.message.promptHash, proofType]).toEqual([run?.prompt_hash, 'attestation']);
  await stranger.context().close();
});
