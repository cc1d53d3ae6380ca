import AxeBuilder from '@axe-core/playwright';
import { privateKeyToAccount } from 'viem/accounts';
import { accountButton, expect, signIn, test } from './fixtures/wallet';

/** The page once its scripts have run: a button pressed before that does nothing. */
const ready = (page: import('@playwright/test').Page) => page.waitForLoadState('networkidle');
const sessionBy = async (base: string, cookie: { name: string; value: string }) =>
  (await fetch(new URL('/api/auth/session', base), { headers: { cookie: `${cookie.name}=${cookie.value}` } })).json();

test('a declined signature opens no session; a signed one survives a reload; sign-out kills a copied cookie', async ({
  page,
  wallet,
  context,
  baseURL,
}) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(`${baseURL}/`)) foreign.push(request.url());
  });
  await page.goto('/');
  await ready(page);
  wallet.rejectNext();
  await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: wallet.name, exact: true }).click();
  await page.getByRole('button', { name: 'Sign message' }).click();
  await expect(page.getByText('You declined the signature')).toBeVisible();
  expect((await context.cookies()).filter((c) => c.name.endsWith('intaglio-session'))).toEqual([]);
  await page.getByRole('button', { name: 'Sign message' }).click();
  await expect(accountButton(page, wallet.address)).toBeVisible();
  await page.reload();
  await ready(page);
  await expect(accountButton(page, wallet.address)).toBeVisible();

  const [cookie] = (await context.cookies()).filter((c) => c.name.endsWith('intaglio-session'));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  if (!cookie) return;
  expect(await sessionBy(page.url(), cookie)).toMatchObject({ user: { name: wallet.address.toLowerCase() } });
  await accountButton(page, wallet.address).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('banner').getByRole('button', { name: 'Sign in' })).toBeVisible();
  expect(await sessionBy(page.url(), cookie)).toEqual({});
  expect(foreign).toEqual([]);
});

test('another account in the wallet is nobody until it signs in itself', async ({ page, wallet, context }) => {
  await page.goto('/');
  await ready(page);
  await signIn(page, wallet);
  const [cookie] = (await context.cookies()).filter((c) => c.name.endsWith('intaglio-session'));
  // Also on a page that has loaded no wallet code.
  await page.goto('/models');
  await ready(page);
  await wallet.switchAccount();
  await expect(page.getByText('Your wallet switched to')).toBeVisible();
  await expect(page.getByRole('banner').getByRole('button', { name: 'Sign in' })).toBeVisible();
  expect(cookie && (await sessionBy(page.url(), cookie))).toEqual({});
  await signIn(page, wallet);
});

test('a payment goes out from the right account on the right network, or not at all', async ({ page, wallet }) => {
  await page.goto('/credits');
  await ready(page);
  await signIn(page, wallet);
  await page.getByRole('button', { name: /^Price of/ }).click();
  const pay = page.getByRole('button', { name: /^Pay / });
  await pay.hover();
  await wallet.switchChain(1);
  const change = page.getByRole('button', { name: /^Switch your wallet to/ });
  await expect(change).toBeVisible();
  wallet.rejectNext();
  await change.click();
  await expect(page.getByText('You declined in your wallet')).toBeVisible();
  await change.click();
  wallet.rejectNext();
  await pay.click();
  await expect(page.getByText('You declined in your wallet')).toBeVisible();
  expect(wallet.calls.filter((method) => method === 'eth_sendTransaction')).toHaveLength(1);
  await pay.click();
  await expect(page.getByText(/Seen on the chain|added to your balance/)).toBeVisible();
  await page.reload();
  await expect(page.getByText('2,000', { exact: false }).first()).toBeVisible();
});

test('the test wallet’s windows are accessible, and Escape says no', async ({ page }) => {
  await page.goto('/');
  await ready(page);
  await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).press('Enter');
  await page.getByRole('button', { name: /local test wallet/i }).click();
  await page.getByRole('button', { name: 'Sign message' }).click();
  const window = page.locator('dialog[data-test-wallet="message"]');
  await expect(window.locator(':focus')).toHaveCount(1);
  const { violations } = await new AxeBuilder({ page }).include('dialog[data-test-wallet]').analyze();
  expect(violations.map((v) => v.id)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(window).toBeHidden();
  await expect(page.getByRole('button', { name: 'Sign message' })).toBeVisible();
});

test('a signed message counts once, with the CSRF token only', async ({ request }) => {
  const account = privateKeyToAccount(`0x${'42'.repeat(32)}`);
  const { nonce, origin, chainId } = await (await request.post('/api/siwe/nonce')).json();
  const { createSiweMessage } = await import('viem/siwe');
  const { SIGN_IN_STATEMENT } = await import('../lib/auth/schema');
  const message = createSiweMessage({
    domain: new URL(origin).host,
    uri: origin,
    address: account.address,
    statement: SIGN_IN_STATEMENT,
    version: '1',
    chainId,
    nonce,
    issuedAt: new Date(),
  });
  const signature = await account.signMessage({ message });
  const send = (csrfToken: string) => request.post('/api/auth/callback/siwe', { form: { csrfToken, message, signature, json: 'true' } });
  const hasSession = async () => 'user' in (await (await request.get('/api/auth/session')).json());
  await send('wrong');
  expect(await hasSession()).toBe(false);
  const { csrfToken } = await (await request.get('/api/auth/csrf')).json();
  const answers = await Promise.all([send(csrfToken), send(csrfToken)]);
  expect(answers.map((a) => a.status()).sort()).toEqual([200, 401]);
  expect(await hasSession()).toBe(true);
});
