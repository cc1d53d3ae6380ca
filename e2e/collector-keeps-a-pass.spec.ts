import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { createPublicClient, http, parseEther } from 'viem';
import { hasNoFaults, isWalkedByKeyboard } from './fixtures/accessible';
import { INDEXED, newcomer, registersModel, sendsTier, typesTier } from './fixtures/passes';
import { query, stack } from './fixtures/stack';
import { generates, publishes } from './fixtures/studio';
import { expect, signIn, test } from './fixtures/wallet';

const dialog = (page: Page) => page.getByRole('dialog');
const heldBy = (page: Page, name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
async function buys(page: Page, label: string, price: string): Promise<void> {
  await page.getByRole('button', { name: `Buy ${label}` }).click();
  await page.getByRole('button', { name: `Buy it for ${price}` }).click();
  await expect(page.getByText('The pass is yours.')).toBeVisible(INDEXED);
}

/** A second tier, which lasts and cannot be given back. */
async function addsSeason(page: Page): Promise<void> {
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await field('Name of the tier').fill('Season');
  await field('Price').fill('0.01');
  await field('Supply').fill('2');
  await field('Runs it includes').fill('2');
  await field('Can be given back within').fill('');
  const buffer = await sharp({ create: { width: 300, height: 300, channels: 3, background: '#1565b5' } })
    .png()
    .toBuffer();
  await page.locator('input[type=file]').setInputFiles({ name: 'season.png', mimeType: 'image/png', buffer });
  await expect(page.getByRole('progressbar', { name: 'Keeping the picture' })).toBeHidden({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Show what it costs' }).click();
  await page.getByRole('button', { name: 'Add it from your wallet' }).click();
  await expect(page.getByRole('heading', { name: 'Season' })).toBeVisible(INDEXED);
}

test('a collector returns a pass for what was paid, renews another that ended, and goes on with the next when one has moved', async ({
  page: studio,
  wallet: creator,
  browser,
  baseURL,
}) => {
  test.setTimeout(300_000);
  let slug = '';
  await test.step('a model for holders of a pass, and two tiers', async () => {
    await studio.goto('/studio');
    await signIn(studio, creator);
    slug = await registersModel(studio, 'Slow Fire');
    await publishes(studio, slug);
    await studio.goto('/studio/passes');
    await typesTier(studio, { of: 'Slow Fire passes', label: 'Taster', price: '1', supply: '1', runs: '2', returnDays: '3' });
    await sendsTier(studio);
    await addsSeason(studio);
    await studio.goto(`/studio/${slug}/access`);
    await studio.getByText('Whoever meets conditions').click();
    await studio.getByRole('button', { name: 'Keep it' }).click();
    await expect(studio.getByText('Kept. It counts from the next run on.')).toBeVisible();
  });

  const { page, wallet } = await newcomer(browser, baseURL, `/models/${slug}`);
  const balance = () => createPublicClient({ transport: http(stack.env.RPC_URL) }).getBalance({ address: wallet.address });
  await test.step('one that is about to be returned takes no run, also where the wallet then says no', async () => {
    await buys(page, 'Taster', '1 ETH');
    await expect(page.getByText('All 1 are sold')).toBeVisible();
    await page.goto('/my/passes');
    await page.getByRole('button', { name: 'Return it' }).click();
    await hasNoFaults(page, 'returning a pass');
    wallet.rejectNext();
    await dialog(page).getByRole('button', { name: 'Return the pass' }).click();
    await expect(dialog(page).getByText('You declined in your wallet. Nothing was sent.')).toBeVisible();
    await page.goto('/my/passes');
    await expect(page.getByText('Takes no runs for up to a quarter of an hour')).toBeVisible();
    await page.goto(`/models/${slug}`);
    await expect(page.getByRole('alert').filter({ hasText: 'This pass takes no runs right now' })).toBeVisible();
  });

  await test.step('it is returned, and what was paid comes back', async () => {
    expect(await balance()).toBeLessThan(parseEther('9'));
    await page.goto('/my/passes');
    await page.getByRole('button', { name: 'Return it' }).click();
    await dialog(page).getByRole('button', { name: 'Return the pass' }).click();
    await expect(page.getByText('No passes yet')).toBeVisible(INDEXED);
    await expect(page.getByText('Taster, number 1, is returned.')).toBeVisible();
    expect(await balance()).toBeGreaterThan(parseEther('9.99'));
    await page.goto(`/passes/${creator.address.toLowerCase()}/100000001`);
    await expect(page.getByText('Given back', { exact: true })).toBeVisible();
    await hasNoFaults(page, 'a pass that was returned');
  });

  await test.step('another is given to nobody who cannot have it', async () => {
    await page.goto(`/models/${slug}`);
    await buys(page, 'Season', '0.01 ETH');
    await page.goto('/my/passes');
    await page.getByRole('button', { name: 'Give away' }).click();
    const [collection] = await query<{ address: string }>(
      'SELECT c.address FROM pass_collection c JOIN "user" u ON u.id = c.creator_id WHERE u.address = $1',
      [creator.address.toLowerCase()],
    );
    const refused = [
      ['hello', 'That is no address.'],
      [wallet.address, 'That is your own address'],
      [collection?.address ?? '', 'That address cannot hold a pass.'],
    ] as const;
    const sent = wallet.calls.filter((method) => method === 'eth_sendTransaction').length;
    for (const [to, said] of refused) {
      await dialog(page).getByLabel('Their address').fill(to);
      await dialog(page).getByRole('button', { name: 'Give it' }).click();
      await expect(dialog(page).getByRole('alert').filter({ hasText: said })).toBeVisible();
    }
    expect(wallet.calls.filter((method) => method === 'eth_sendTransaction')).toHaveLength(sent);
    await page.keyboard.press('Escape');
  });

  await test.step('once it has ended it opens nothing, and renewed twice it lasts so much longer', async () => {
    await query(`UPDATE pass_token SET expires_at = now() - interval '1 hour' WHERE holder = $1`, [wallet.address.toLowerCase()]);
    const ended = page.getByRole('alert').filter({ hasText: 'This pass has expired. Renew it to go on.' });
    // On the chain it goes on, and that is asked whenever the index is a block behind.
    await expect(async () => {
      await page.goto(`/models/${slug}`);
      await expect(ended).toBeVisible({ timeout: 3_000 });
    }).toPass(INDEXED);
    await ended.getByRole('link', { name: 'Renew it' }).click();
    await expect(page.getByText(/^Expired /)).toBeVisible();
    await hasNoFaults(page, 'a pass that ended');
    await page.getByRole('button', { name: 'Renew' }).click();
    await dialog(page).getByLabel('How many times').fill('2');
    await hasNoFaults(page, 'renewing a pass');
    await dialog(page).getByRole('button', { name: 'Renew for 0.02 ETH' }).click();
    await expect(dialog(page).getByText('It lasts longer now.')).toBeVisible(INDEXED);
    await page.keyboard.press('Escape');
    await expect(page.getByText(/^Good until /)).toBeVisible();
    const [row] = await query<{ days: number }>(
      'SELECT (extract(epoch FROM expires_at - bought_at) / 86400)::int AS days FROM pass_token WHERE holder = $1',
      [wallet.address.toLowerCase()],
    );
    expect(row?.days).toBe(90);
    await page.goto(`/models/${slug}`);
    await expect(page.getByTestId('runs-left')).toContainText('2 of 2 runs left', INDEXED);
    await generates(page, 'a slow fire');
  });

  await test.step('of several one is chosen by hand; when it has moved, the next is', async () => {
    await page.goto(`/models/${slug}`);
    await buys(page, 'Season', '0.01 ETH');
    await page.getByLabel('Your pass').selectOption({ label: 'Season, number 1' });
    await expect(page.getByTestId('runs-left')).toContainText('1 of 2 runs left');
    const passes = await page.context().newPage();
    await passes.goto('/my/passes');
    await expect(heldBy(passes, 'Season, number 1')).toBeVisible();
    await isWalkedByKeyboard(passes, '#main');
    await heldBy(passes, 'Season, number 1').getByRole('button', { name: 'Give away' }).click();
    await dialog(passes).getByLabel('Their address').fill(creator.address);
    await dialog(passes).getByRole('button', { name: 'Give it' }).click();
    await expect(passes.getByText('Season, number 1, is theirs now.')).toBeVisible(INDEXED);
    await page.getByLabel('Prompt').fill('a fire that moved');
    await page.getByRole('button', { name: 'Generate', exact: true }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Another pass of yours is chosen now' })).toBeVisible();
    await expect(page.getByLabel('Your pass')).toContainText('Season, number 2');
    await hasNoFaults(page, 'a pass that moved');
    await generates(page, 'a fire that moved');
  });
  await page.context().close();
});
