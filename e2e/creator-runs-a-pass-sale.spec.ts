import type { Page } from '@playwright/test';
import { hasNoFaults, isWalkedByKeyboard } from './fixtures/accessible';
import { grantBonus } from './fixtures/credits';
import { INDEXED, newcomer, registersModel, sendsTier, typesTier } from './fixtures/passes';
import { query } from './fixtures/stack';
import { generates, publishes } from './fixtures/studio';
import { expect, signIn, test } from './fixtures/wallet';

const dialog = (page: Page) => page.getByRole('dialog');
/** Sends what the open dialog asks for; it closes by itself, and the page says so. */
async function sends(page: Page, what: string): Promise<void> {
  await dialog(page).getByRole('button', { name: 'Show what it costs' }).click();
  await expect(dialog(page).getByText(what)).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Send it from your wallet' }).click();
  await expect(dialog(page)).toBeHidden(INDEXED);
}
const opens = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
async function sets(page: Page, sale: 'For sale' | 'Not for sale'): Promise<void> {
  await opens(page, 'Price and sale');
  await dialog(page).getByText(sale, { exact: true }).click();
  await sends(page, sale === 'For sale' ? 'Price 0.02 ETH, for sale' : 'Price 0.02 ETH, not for sale');
}
const refusal = (page: Page) => page.getByRole('alert').filter({ hasText: 'This model is for holders of a pass' });

test('a creator changes price, supply and terms of a sale, and lets people in by a list, nested conditions and early access', async ({
  page,
  wallet,
  browser,
  baseURL,
}) => {
  test.setTimeout(300_000);
  let slug = '';
  await test.step('a model at work, and a tier for sale', async () => {
    await page.goto('/studio');
    await signIn(page, wallet);
    slug = await registersModel(page, 'Tide Mark');
    await publishes(page, slug);
    await page.goto('/studio/passes');
    await typesTier(page, { of: 'Tide Mark passes', label: 'First', price: '0.01', supply: '5', runs: '3', returnDays: '' });
    await sendsTier(page);
  });

  await test.step('price and supply change on the chain, and not to what they are or cannot be', async () => {
    await opens(page, 'Price and sale');
    await dialog(page).getByRole('button', { name: 'Show what it costs' }).click();
    await expect(dialog(page).getByText('Price and sale are like this already.')).toBeVisible();
    await dialog(page).getByRole('textbox', { name: 'Price' }).fill('0.02');
    await sends(page, 'Price 0.02 ETH, for sale');
    await expect(page.getByText('Price and sale of First are changed.')).toBeVisible();
    await expect(page.getByText('0.02 ETH', { exact: true })).toBeVisible();
    await opens(page, 'Lower the supply');
    await dialog(page).getByLabel('Most passes').fill('9');
    await expect(dialog(page).getByText('This is a whole number from 1 to 4.')).toBeVisible();
    await dialog(page).getByLabel('Most passes').fill('4');
    await sends(page, 'Lowers the supply of the tier to 4, for good');
    await expect(page.getByText('0 of 4 sold')).toBeVisible();
  });

  await test.step('what it includes becomes more at any time, and less only while it is unsold and closed', async () => {
    const runs = dialog(page).getByRole('textbox', { name: 'Runs it includes' });
    const keep = dialog(page).getByRole('button', { name: 'Keep it' });
    await opens(page, 'What it includes');
    await runs.fill('2');
    await keep.click();
    await expect(dialog(page).getByText('Close its sale first to make it less.')).toBeVisible();
    await expect(runs).toBeFocused();
    await hasNoFaults(page, 'terms that would be less');
    await runs.fill('4');
    await dialog(page).getByLabel('Early access to new models').check();
    await keep.click();
    await expect(page.getByText('4 runs every 30 days, at no charge')).toBeVisible();
    await sets(page, 'Not for sale');
    await expect(page.getByText('Not for sale', { exact: true })).toBeVisible();
    await opens(page, 'What it includes');
    await runs.fill('1');
    await keep.click();
    await expect(page.getByText('1 run every 30 days, at no charge')).toBeVisible();
    await sets(page, 'For sale');
    await hasNoFaults(page, 'a tier that was changed');
  });

  const holder = await newcomer(browser, baseURL, `/models/${slug}`);
  const friend = await newcomer(browser, baseURL, `/models/${slug}`);
  await grantBonus(friend.wallet.address, 50_000);
  await test.step('somebody buys one at the new price', async () => {
    await holder.page.getByRole('button', { name: 'Buy First' }).click();
    await holder.page.getByRole('button', { name: 'Buy it for 0.02 ETH' }).click();
    await expect(holder.page.getByText('The pass is yours.')).toBeVisible(INDEXED);
  });

  await test.step('a list takes a thousand pasted addresses, and says what of it is none', async () => {
    await page.goto(`/studio/${slug}/access`);
    await page.getByLabel('Name of a new list').fill('Friends');
    await page.getByRole('button', { name: 'Make the list' }).click();
    await page.getByRole('button', { name: 'Change Friends' }).click();
    const many = Array.from({ length: 999 }, (_, i) => `0x${(i + 1).toString(16).padStart(40, '0')}`);
    const field = dialog(page).getByLabel('Addresses');
    await field.fill([friend.wallet.address, ...many, 'somebody.eth', '0x12'].join('\n'));
    await dialog(page).getByRole('button', { name: 'Add 1,000 addresses' }).click();
    await expect(dialog(page).getByText('No address: somebody.eth, 0x12')).toBeVisible();
    await hasNoFaults(page, 'a list with lines that are no addresses');
    await dialog(page).getByRole('button', { name: 'Leave out what is no address' }).click();
    await dialog(page).getByRole('button', { name: 'Add 1,000 addresses' }).click();
    await expect(dialog(page)).toBeHidden();
    await expect(page.getByText('1,000 addresses')).toBeVisible();
    await page.getByRole('button', { name: 'Change Friends' }).click();
    await dialog(page).getByRole('button', { name: 'Show what is on it' }).click();
    await expect(dialog(page).getByLabel('On it: 1,000 addresses')).toHaveValue(new RegExp(friend.wallet.address.toLowerCase()));
    await page.keyboard.press('Escape');
  });

  await test.step('a pass, or both a place on the list and another token: conditions in conditions, marked where they are not whole', async () => {
    const [collection] = await query<{ address: string }>(
      'SELECT c.address FROM pass_collection c JOIN "user" u ON u.id = c.creator_id WHERE u.address = $1',
      [wallet.address.toLowerCase()],
    );
    await page.getByText('Whoever meets conditions').click();
    await page.getByRole('button', { name: '+ A group' }).click();
    const group = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Remove the group 2' }) });
    await group.getByRole('button', { name: '+ A list of addresses' }).click();
    await group.getByRole('button', { name: '+ Another token' }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await expect(page.getByLabel('On a list of yours')).toBeFocused();
    await hasNoFaults(page, 'conditions that are not whole');
    await page.getByLabel('On a list of yours').selectOption({ label: 'Friends (1,000 addresses)' });
    await page.getByLabel('Another token: its contract').fill(collection?.address ?? '');
    await expect(page.getByText(/needs a pass of this creator; or a place on a list of this creator, and 1 or more tokens of 0x/)).toBeVisible();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await expect(page.getByText('Kept. It counts from the next run on.')).toBeVisible();
    await hasNoFaults(page, 'nested conditions');
    await isWalkedByKeyboard(page, '#main');
    await friend.page.reload();
    await expect(refusal(friend.page)).toContainText('a place on a list of this creator, and 1 or more tokens');
  });

  await test.step('either of the two lets the friend in, and a list that a model names stays', async () => {
    await page.getByText('Any of these is enough').last().click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await expect(page.getByText('Kept. It counts from the next run on.')).toBeVisible();
    await friend.page.reload();
    await generates(friend.page, 'a tide mark');
    await page.getByRole('button', { name: 'Delete Friends' }).click();
    await page.getByRole('button', { name: 'Delete it with its 1,000 addresses' }).click();
    await expect(page.getByText('A model lets in who is on this list. Change its rule first.')).toBeVisible();
  });

  await test.step('until early access is over only a pass that has it lets in', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
    await page.getByLabel('Early access until').fill(tomorrow);
    await page.getByRole('button', { name: 'Keep it' }).click();
    await expect(page.getByText('Kept. It counts from the next run on.')).toBeVisible();
    await friend.page.reload();
    await expect(refusal(friend.page)).toContainText('It takes a pass with early access, until');
    await holder.page.reload();
    await expect(holder.page.getByTestId('runs-left')).toContainText('1 of 1 run left', INDEXED);
    await generates(holder.page, 'an early tide');
  });
  await Promise.all([holder, friend].map((who) => who.page.context().close()));
});
