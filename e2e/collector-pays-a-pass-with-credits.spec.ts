import type { Page } from '@playwright/test';
import { hasNoFaults, isWalkedByKeyboard } from './fixtures/accessible';
import { grantBonus, grantFinal } from './fixtures/credits';
import { INDEXED, newcomer, registersModel, sendsTier, typesTier } from './fixtures/passes';
import { query } from './fixtures/stack';
import { publishes } from './fixtures/studio';
import { expect, signIn, type TestWallet, test } from './fixtures/wallet';

const DAY_MS = 86_400_000;
const SAFE = { timeout: 90_000 };

async function sells(page: Page): Promise<string> {
  const slug = await registersModel(page, 'Gold Leaf');
  await publishes(page, slug);
  await page.goto('/studio/passes');
  await typesTier(page, { of: 'Gold Leaf passes', label: 'Reader', price: '0.01', supply: '3', runs: '2', returnDays: '' });
  await sendsTier(page);
  return slug;
}

const buyButton = (page: Page) => page.getByRole('button', { name: /^Buy it with [\d,.]+ credits$/ });
const steps = (page: Page, what: string) => page.getByRole('list', { name: `Steps of the ${what}` });
const sent = ({ calls }: TestWallet) => calls.filter((method) => method === 'eth_sendTransaction').length;

/** Reached and pressed with the keyboard alone. */
async function presses(page: Page, name: RegExp): Promise<void> {
  const button = page.getByRole('button', { name });
  await expect(button).toBeEnabled({ timeout: 30_000 });
  await button.focus();
  await page.keyboard.press('Enter');
}

const passesOf = (address: string) =>
  query<{ token_id: string; expires_at: Date }>('SELECT token_id::text, expires_at FROM pass_token WHERE holder = $1', [address.toLowerCase()]);

async function paidBy(address: string): Promise<string[]> {
  const rows = await query<{ state: string }>(
    `SELECT r.state FROM (SELECT user_id, state::text, created_at FROM pass_purchase UNION ALL SELECT user_id, state::text, created_at FROM pass_renewal) r
       JOIN "user" u ON u.id = r.user_id WHERE u.address = $1 ORDER BY r.created_at`,
    [address.toLowerCase()],
  );
  return rows.map(({ state }) => state);
}

test('a collector buys a pass with credits, gives one, renews it with credits, and its creator takes out what they earned', async ({
  page,
  wallet,
  browser,
  baseURL,
}) => {
  test.setTimeout(480_000);
  let slug = '';
  await test.step('a creator sells passes that cannot be given back', async () => {
    await page.goto('/studio');
    await signIn(page, wallet);
    slug = await sells(page);
    await expect(page.getByText('Yours to take out')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Take it out' })).toBeHidden();
  });

  const collector = await newcomer(browser, baseURL, `/models/${slug}`);
  await test.step('bonus credits do not pay for one, and the page says what does', async () => {
    await grantBonus(collector.wallet.address, 50_000_000);
    await collector.page.reload();
    await collector.page.getByRole('button', { name: 'Buy Reader' }).click();
    await expect(buyButton(collector.page)).toBeDisabled({ timeout: 30_000 });
    await expect(collector.page.getByText('It takes credits bought with crypto')).toBeVisible();
    await hasNoFaults(collector.page, 'too few credits for a pass');
    await expect(collector.page.locator('#passes').getByRole('link', { name: 'Buy credits' })).toHaveAttribute('href', '/credits');
  });

  await test.step('a price that has changed takes nothing, and the new one is shown', async () => {
    await grantFinal(collector.wallet.address, 50_000_000);
    await collector.page.reload();
    await collector.page.getByRole('button', { name: 'Buy Reader' }).click();
    await expect(buyButton(collector.page)).toBeEnabled({ timeout: 30_000 });
    const before = await buyButton(collector.page).textContent();
    await page.getByRole('button', { name: 'Price and sale' }).click();
    await page.getByRole('dialog').getByLabel('Price').fill('0.02');
    await page.getByRole('dialog').getByRole('button', { name: 'Show what it costs' }).click();
    await page.getByRole('button', { name: 'Send it from your wallet' }).click();
    await expect(page.getByText('0.02 ETH').first()).toBeVisible(INDEXED);
    await buyButton(collector.page).click();
    await expect(collector.page.getByRole('alert').filter({ hasText: 'The price of this pass has changed. Nothing was taken' })).toBeVisible();
    await expect(buyButton(collector.page)).not.toHaveText(before ?? '');
    await hasNoFaults(collector.page, 'a price that has changed');
    expect(await paidBy(collector.wallet.address)).toEqual([]);
  });

  await test.step('buys one with credits: the wallet is asked for nothing, and a reload finds it on its way', async () => {
    const asked = sent(collector.wallet);
    await expect(collector.page.getByText('Left after it')).toBeVisible();
    await isWalkedByKeyboard(collector.page, '#passes');
    await presses(collector.page, /^Buy it with [\d,.]+ credits$/);
    await expect(steps(collector.page, 'purchase')).toBeVisible();
    await collector.page.reload();
    await expect(steps(collector.page, 'purchase')).toBeVisible();
    await expect(collector.page.getByText('The pass is yours.')).toBeVisible(INDEXED);
    await hasNoFaults(collector.page, 'a pass on its way for credits');
    await expect(collector.page.getByText('Your credits were taken.')).toBeVisible(SAFE);
    await expect(collector.page.getByText('2 of 3 left')).toBeVisible();
    await expect(collector.page.getByTestId('runs-left')).toContainText('2 of 2 runs left', INDEXED);
    expect(sent(collector.wallet)).toBe(asked);
    expect(await passesOf(collector.wallet.address)).toHaveLength(1);
  });

  const heir = await newcomer(browser, baseURL, '/my/passes');
  await test.step('gives one to somebody else', async () => {
    await collector.page.getByRole('button', { name: 'Buy another' }).click();
    await collector.page.getByLabel('For somebody else').fill('0x12');
    await expect(collector.page.getByRole('button', { name: 'Give it with credits' })).toBeDisabled();
    await collector.page.getByLabel('For somebody else').fill(heir.wallet.address);
    await presses(collector.page, /^Give it with [\d,.]+ credits$/);
    await expect(collector.page.getByText('The pass is theirs.')).toBeVisible(INDEXED);
    await heir.page.reload();
    await expect(heir.page.getByRole('heading', { name: 'Reader, number 2' })).toBeVisible();
  });

  await test.step('renews theirs twice at once, with credits', async () => {
    const [before] = await passesOf(collector.wallet.address);
    await collector.page.goto('/my/passes');
    await collector.page.getByRole('button', { name: 'Renew', exact: true }).click();
    await collector.page.getByLabel('How many times').fill('2');
    await expect(collector.page.getByRole('button', { name: /^Renew with [\d,.]+ credits$/ })).toBeEnabled({ timeout: 30_000 });
    await hasNoFaults(collector.page, 'renewing a pass');
    await isWalkedByKeyboard(collector.page, 'dialog');
    await presses(collector.page, /^Renew with [\d,.]+ credits$/);
    await expect(steps(collector.page, 'renewal')).toBeVisible();
    await expect(collector.page.getByText('It lasts longer now.')).toBeVisible(INDEXED);
    await hasNoFaults(collector.page, 'a pass being renewed for credits');
    await expect(collector.page.getByText('Your credits were taken.')).toBeVisible(SAFE);
    await collector.page.keyboard.press('Escape');
    const [after] = await passesOf(collector.wallet.address);
    expect((after?.expires_at.getTime() ?? 0) - (before?.expires_at.getTime() ?? 0)).toBe(60 * DAY_MS);
    await expect.poll(() => paidBy(collector.wallet.address), SAFE).toEqual(['captured', 'captured', 'captured']);
    await collector.page.goto('/credits');
    await expect(collector.page.getByText('Pass renewed with credits')).toBeVisible();
    await expect(collector.page.getByText('Pass bought with credits')).toHaveCount(2);
  });

  await test.step('the creator takes out what the passes earned', async () => {
    await page.reload();
    await expect(page.getByText('0.08 ETH')).toBeVisible();
    await hasNoFaults(page, 'what passes earned');
    await page.getByRole('button', { name: 'Take it out' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Show what it costs' }).click();
    await hasNoFaults(page, 'taking out what passes earned');
    await isWalkedByKeyboard(page, 'dialog');
    await page.getByRole('button', { name: 'Send it from your wallet' }).click();
    await expect(page.getByRole('list', { name: 'What was taken out' })).toContainText('0.08 ETH', INDEXED);
    await expect(page.getByRole('button', { name: 'Take it out' })).toBeHidden();
    await hasNoFaults(page, 'what was taken out');
    await page.goto('/studio/earnings');
    await expect(page.getByRole('region', { name: 'From passes' })).toContainText('0.08 ETH');
    await hasNoFaults(page, 'earnings with those of passes');
  });

  await Promise.all([collector, heir].map((who) => who.page.context().close()));
  const [books] = await query<{ contradictions: number }>(
    `SELECT ((SELECT count(*) FROM ledger.audit) + (SELECT count(*) FROM pass_purchase_audit) + (SELECT count(*) FROM pass_renewal_audit))::int AS contradictions`,
  );
  expect(books?.contradictions).toBe(0);
});
