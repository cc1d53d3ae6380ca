import { accountButton, expect, signIn, test } from './fixtures/wallet';

test('a declined signature signs nobody in, and can be tried again', async ({ page, wallet }) => {
  await page.goto('/');
  wallet.rejectNext();
  await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: wallet.name, exact: true }).click();
  await page.getByRole('button', { name: 'Sign message' }).click();
  await expect(page.getByText('You declined the signature')).toBeVisible();
  expect((await page.request.get('/api/generations?quote=00000000-0000-7000-8000-000000000000')).status()).toBe(401);
  await page.getByRole('button', { name: 'Sign message' }).click();
  await expect(accountButton(page, wallet.address)).toBeVisible();
});

test('another account in the wallet ends the session of the first, on the server too', async ({ page, wallet }) => {
  await page.goto('/');
  await signIn(page, wallet);
  const first = wallet.address;
  await wallet.switchAccount();
  await expect(accountButton(page, first)).toBeHidden();
  await expect(page.getByRole('banner').getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByText(/wallet/i).first()).toBeVisible();
  expect((await page.request.get('/api/generations?quote=00000000-0000-7000-8000-000000000000')).status()).toBe(401);
  await signIn(page, wallet);
  await page.reload();
  await expect(accountButton(page, wallet.address)).toBeVisible();
});

test('signing out kills the session itself: a copied cookie opens nothing', async ({ page, wallet, playwright, baseURL }) => {
  await page.goto('/');
  await signIn(page, wallet);
  const copy = await playwright.request.newContext({ baseURL, storageState: await page.context().storageState() });
  const knock = async () => (await copy.get('/api/generations?quote=00000000-0000-7000-8000-000000000000')).status();
  expect(await knock()).toBe(200);
  await accountButton(page, wallet.address).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('banner').getByRole('button', { name: 'Sign in' })).toBeVisible();
  expect(await knock()).toBe(401);
  await copy.dispose();
});

test('a declined payment takes nothing, and a wallet on another network is asked to come back first', async ({ page, wallet }) => {
  await page.goto('/credits');
  await signIn(page, wallet);
  await page.getByRole('button', { name: /price of/i }).click();
  wallet.rejectNext();
  await page.getByRole('button', { name: /^pay /i }).click();
  await expect(page.getByText(/declined/i).first()).toBeVisible();
  await wallet.switchChain(1);
  await page.getByRole('button', { name: /switch your wallet/i }).click();
  await page.getByRole('button', { name: /^pay /i }).click();
  await expect(page.getByText('added to your balance')).toBeVisible({ timeout: 30_000 });
  expect(wallet.calls).toContain('wallet_switchEthereumChain');
});
