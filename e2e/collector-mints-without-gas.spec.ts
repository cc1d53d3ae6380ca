import { grantBonus, grantFinal } from './fixtures/credits';
import { query } from './fixtures/stack';
import { expect, signIn, test } from './fixtures/wallet';

test('a collector mints with credits: the house sends it, the wallet is asked for nothing', async ({ page, wallet }) => {
  await page.goto('/models/strata');
  await signIn(page, wallet);
  await grantBonus(wallet.address, 100_000);
  await page.getByLabel('Prompt').fill('no gas');
  await page.getByRole('button', { name: /^generate/i }).click();
  await page.getByRole('link', { name: 'Open the work' }).first().click({ timeout: 60_000 });

  const button = page.getByRole('button', { name: /^mint with [\d,.]+ credits$/i });
  await test.step('bonus credits do not pay for it, and the page says what does', async () => {
    await expect(button).toBeDisabled({ timeout: 30_000 });
    await expect(page.getByText(/credits bought with crypto/i)).toBeVisible();
  });

  await test.step('credits from the till do', async () => {
    await grantFinal(wallet.address, 1_000_000);
    await page.reload();
    await page.getByLabel('Title').fill('Without Gas');
    const asked = wallet.calls.length;
    await button.click({ timeout: 30_000 });
    await expect(page.getByRole('list', { name: 'Steps of the mint' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Token' })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('heading', { name: 'Without Gas', level: 1 })).toBeVisible();
    expect(wallet.calls.slice(asked).filter((method) => method === 'eth_sendTransaction')).toEqual([]);
  });

  await expect
    .poll(
      async () =>
        (
          await query<{ state: string }>(`SELECT r.state FROM relay r JOIN "user" u ON u.id = r.user_id WHERE u.address = $1`, [
            wallet.address.toLowerCase(),
          ])
        )[0]?.state,
      {
        timeout: 60_000,
      },
    )
    .toBe('captured');
  const [books] = await query<{ contradictions: number }>(
    'SELECT ((SELECT count(*) FROM ledger.audit) + (SELECT count(*) FROM relay_audit))::int AS contradictions',
  );
  expect(books?.contradictions).toBe(0);
});
