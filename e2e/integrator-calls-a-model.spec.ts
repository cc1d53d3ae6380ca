import { signRequest } from '@slicekit/erc8128';
import OpenAI from 'openai';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { hasNoFaults } from './fixtures/accessible';
import { grantBonus } from './fixtures/credits';
import { expect, signIn, test } from './fixtures/wallet';

test('a key made in the browser makes a picture through the unchanged OpenAI client, shows its use, and opens nothing once revoked', async ({
  page,
  wallet,
  baseURL,
}) => {
  test.setTimeout(180_000);
  await page.goto('/keys');
  await signIn(page, wallet);
  await grantBonus(wallet.address, 1_000_000);
  await page.goto('/keys');
  await hasNoFaults(page, 'no keys yet');
  await page.getByRole('button', { name: 'Make the key' }).click();
  await expect(page.getByText('Give the key a name.')).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill('Nightly prints');
  await page.getByRole('button', { name: 'Make the key' }).click();
  const dialog = page.getByRole('dialog');
  const secret = (await dialog.getByText(/^igl_/).textContent()) ?? '';
  await hasNoFaults(page, 'the secret, once');
  await dialog.getByRole('button', { name: 'Done' }).click();
  expect(await page.content()).not.toContain(secret);

  const client = new OpenAI({ apiKey: secret, baseURL: `${baseURL}/api/v1`, maxRetries: 0 });
  const { data } = await client.images.generate({ model: 'nacre', prompt: 'a gate left open', size: '256x256', response_format: 'b64_json' });
  expect(
    Buffer.from(data?.[0]?.b64_json ?? '', 'base64')
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('never', { exact: true })).toHaveCount(0, { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await hasNoFaults(page, 'a key that was used');

  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('button', { name: /^Revoke it/ }).click();
  await expect.poll(async () => (await page.request.get('/api/v1/me', { headers: { authorization: `Bearer ${secret}` } })).status()).toBe(401);
  await page.goto('/my');
  await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
});

test('a wallet that signs each request needs no key, and no request is taken twice', async ({ request, baseURL }) => {
  const account = privateKeyToAccount(generatePrivateKey());
  const signer = { chainId: 31_337, address: account.address, signMessage: (raw: Uint8Array) => account.signMessage({ message: { raw } }) };
  const { headers } = await signRequest(`${baseURL}/api/v1/me`, { method: 'GET' }, signer);
  const send = () => request.get('/api/v1/me', { headers: Object.fromEntries(headers) });
  const first = await send();
  expect([first.status(), (await first.json()).address]).toEqual([200, account.address.toLowerCase()]);
  const again = await send();
  expect([again.status(), again.headers()['content-type']]).toEqual([401, 'application/problem+json']);
});

test('an address for webhooks is added, its secret shown once, and paused', async ({ page, wallet }) => {
  test.setTimeout(120_000);
  await page.goto('/webhooks');
  await signIn(page, wallet);
  await page.goto('/webhooks');
  await hasNoFaults(page, 'no webhooks yet');
  await page.getByLabel('Address', { exact: true }).fill('http://127.0.0.1/hook');
  await page.getByRole('button', { name: 'Add the address' }).click();
  await expect(page.getByText(/https/).last()).toBeVisible();
  await page.getByLabel('Address', { exact: true }).fill('https://hooks.example.com/intaglio');
  await page.getByRole('button', { name: 'Add the address' }).click();
  await expect(page.getByText(/^whsec_/)).toBeVisible();
  await hasNoFaults(page, 'a secret, once');
  await page.getByRole('link', { name: 'Send it a test message' }).click();
  await page.waitForURL(/webhooks\/[0-9a-f-]+$/);
  await hasNoFaults(page, 'an address');
  await page.getByRole('button', { name: /^Pause/ }).click();
  await expect(page.getByText(/paused/i).first()).toBeVisible();
});

test('what a program is told about the gateway can be read by everybody, on phones and wide, light and dark', async ({ page }) => {
  test.setTimeout(120_000);
  for (const path of ['/docs', '/docs/api', '/docs/errors', '/docs/webhooks', '/docs/signed-requests']) {
    await page.goto(path);
    await hasNoFaults(page, path);
  }
});
