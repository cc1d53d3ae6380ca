import type { Page } from '@playwright/test';
import { hasNoFaults, isWalkedByKeyboard } from './fixtures/accessible';
import { grantBonus } from './fixtures/credits';
import { INDEXED, newcomer, registersModel, sendsTier, typesTier } from './fixtures/passes';
import { query } from './fixtures/stack';
import { generates, publishes } from './fixtures/studio';
import { expect, signIn, type TestWallet, test } from './fixtures/wallet';

const refusal = (page: Page) => page.getByRole('alert').filter({ hasText: 'This model is for holders of a pass' });

async function publishesPasses(page: Page, wallet: TestWallet): Promise<void> {
  await page.goto('/studio/passes');
  await page.getByRole('button', { name: 'Show what it costs' }).click();
  await expect(page.getByLabel('Name of your passes')).toBeFocused();
  await hasNoFaults(page, 'a tier that is not whole');
  await typesTier(page, { of: 'Gilt Edge passes', label: 'Maker', price: '0.01', supply: '3', runs: '2' });
  const asked = wallet.calls.filter((method) => method === 'eth_sendTransaction').length;
  await sendsTier(page);
  expect(wallet.calls.filter((method) => method === 'eth_sendTransaction')).toHaveLength(asked + 1);
  await expect(page.getByText('0 of 3 sold')).toBeVisible();
  await hasNoFaults(page, 'tiers of one’s own');
}

async function opensToPassesOnly(page: Page, slug: string): Promise<void> {
  await page.goto(`/studio/${slug}`);
  await page.getByRole('link', { name: 'Who may run it' }).click();
  await page.getByText('Whoever meets conditions').click();
  await expect(page.getByText('To run it one needs a pass of this creator.')).toBeVisible();
  await hasNoFaults(page, 'a rule');
  await isWalkedByKeyboard(page, '#main');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByText('Kept. It counts from the next run on.')).toBeVisible();
}

/** Of an account, in the ledger itself. */
async function balanceOf(address: string): Promise<string | undefined> {
  const [row] = await query<{ sum: string }>(
    `SELECT sum(a.credits_posted - a.debits_posted - a.debits_pending)::text AS sum FROM ledger.account a JOIN "user" u ON a.owner = u.id::text
      WHERE u.address = $1 AND a.kind::text LIKE 'collector%'`,
    [address.toLowerCase()],
  );
  return row?.sum;
}

const runsOf = async (address: string) =>
  (
    await query<{ state: string; pass_id: string | null; price: string }>(
      `SELECT g.state, g.pass_id, g.price_millicredits::text AS price FROM generation g JOIN "user" u ON u.id = g.user_id WHERE u.address = $1`,
      [address.toLowerCase()],
    )
  ).map(({ state, pass_id, price }) => ({ state, byPass: pass_id !== null, price }));

test('a collector buys a pass, makes a work with a run it includes, and gives the pass away with the runs that are left', async ({
  page,
  wallet,
  browser,
  baseURL,
}) => {
  test.setTimeout(420_000);
  let slug = '';
  await test.step('a creator puts a model to work, for holders of a pass alone', async () => {
    await page.goto('/studio');
    await signIn(page, wallet);
    slug = await registersModel(page, 'Gilt Edge');
    await publishes(page, slug);
    await publishesPasses(page, wallet);
    await opensToPassesOnly(page, slug);
  });

  const collector = await newcomer(browser, baseURL, `/models/${slug}`);
  await grantBonus(collector.wallet.address, 50_000);
  await test.step('a collector without one is told so, and how to get in', async () => {
    await expect(refusal(collector.page)).toContainText('It takes a pass of this creator.');
    await expect(collector.page.getByText('3 of 3 left')).toBeVisible();
    await hasNoFaults(collector.page, 'a model for holders of a pass');
    await refusal(collector.page).getByRole('link', { name: 'See how to get in' }).click();
  });

  await test.step('buys one from the wallet, and makes a work with a run of it: no credit is touched', async () => {
    await collector.page.getByRole('button', { name: 'Buy Maker' }).click();
    await hasNoFaults(collector.page, 'buying a pass');
    await collector.page.getByRole('button', { name: 'Buy it for 0.01 ETH' }).click();
    await expect(collector.page.getByText('The pass is yours.')).toBeVisible(INDEXED);
    await expect(collector.page.getByText('2 of 3 left')).toBeVisible();
    await expect(collector.page.getByTestId('runs-left')).toContainText('2 of 2 runs left', INDEXED);
    await expect(collector.page.getByTestId('price')).toHaveText('0 credits');
    await generates(collector.page, 'a gilt edge');
    await expect(collector.page.getByTestId('runs-left')).toContainText('1 of 2 runs left');
    expect(await balanceOf(collector.wallet.address)).toBe('50000');
    expect(await runsOf(collector.wallet.address)).toEqual([{ state: 'captured', byPass: true, price: '0' }]);
  });

  const heir = await newcomer(browser, baseURL, `/models/${slug}`);
  await test.step('gives it away', async () => {
    await expect(refusal(heir.page)).toBeVisible();
    await collector.page.goto('/my/passes');
    await expect(collector.page.getByText('1 of 2 runs left')).toBeVisible();
    await hasNoFaults(collector.page, 'passes of one’s own');
    await isWalkedByKeyboard(collector.page, '#main');
    await collector.page.getByRole('button', { name: 'Return it' }).click();
    await expect(collector.page.getByText('A run of this pass was used, so it cannot be given back.')).toBeVisible();
    await collector.page.keyboard.press('Escape');
    await collector.page.getByRole('button', { name: 'Give away' }).click();
    await collector.page.getByLabel('Their address').fill(heir.wallet.address);
    await hasNoFaults(collector.page, 'giving a pass away');
    await collector.page.getByRole('button', { name: 'Give it' }).click();
    await expect(collector.page.getByText('No passes yet')).toBeVisible(INDEXED);
  });

  await test.step('is refused at once, and nothing is started', async () => {
    await collector.page.goto(`/models/${slug}`);
    await collector.page.getByRole('button', { name: 'Generate', exact: true }).click();
    await expect(refusal(collector.page)).toBeVisible();
    expect(await runsOf(collector.wallet.address)).toHaveLength(1);
  });

  await test.step('the new holder makes one with the run that is left', async () => {
    await heir.page.reload();
    await expect(heir.page.getByTestId('runs-left')).toContainText('1 of 2 runs left', INDEXED);
    await generates(heir.page, 'another edge');
    await expect(heir.page.getByTestId('runs-left')).toContainText('0 of 2 runs left');
    expect(await runsOf(heir.wallet.address)).toEqual([{ state: 'captured', byPass: true, price: '0' }]);
  });

  await test.step('everybody sees the pass, its picture, its holder and where it went', async () => {
    const { request } = page.context();
    const [uri] = await query<{ base: string; token_id: string; image_cid: string }>(
      `SELECT c.base, t.token_id::text, i.image_cid FROM pass_token t JOIN pass_collection c ON c.address = t.collection
         JOIN pass_tier i ON i.collection = t.collection AND i.tier_id = t.tier_id JOIN "user" u ON u.id = c.creator_id WHERE u.address = $1`,
      [wallet.address.toLowerCase()],
    );
    expect((await request.get(`/ipfs/${uri?.image_cid}`)).headers()['content-type']).toBe('image/webp');
    const stranger = await (await browser.newContext({ baseURL })).newPage();
    await stranger.goto(`${uri?.base}${uri?.token_id}`);
    await expect(stranger.getByRole('heading', { level: 1, name: 'Maker, number 1' })).toBeVisible();
    await expect(stranger.getByText('0 of 2 runs left')).toBeVisible();
    await expect(stranger.getByTitle(heir.wallet.address.toLowerCase())).toBeVisible();
    await expect(stranger.getByText(/^Passed from /)).toBeVisible();
    await hasNoFaults(stranger, 'a pass');
    await stranger.context().close();
  });

  await Promise.all([collector, heir].map((who) => who.page.context().close()));
  const [books] = await query<{ contradictions: number }>('SELECT count(*)::int AS contradictions FROM ledger.audit');
  expect(books?.contradictions).toBe(0);
});
