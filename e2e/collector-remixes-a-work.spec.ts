import { grantBonus } from './fixtures/credits';
import { query } from './fixtures/stack';
import { expect, signIn, test } from './fixtures/wallet';

test('a collector remixes a work of the gallery: the new one names its parent, and its creator gets their share', async ({ page, wallet }) => {
  const [parent] = await query<{ id: string }>(
    `SELECT w.id FROM work w JOIN model_version v ON v.digest = w.version_digest JOIN model m ON m.id = v.model_id
      WHERE m.slug = 'nacre' AND w.shared_at IS NOT NULL AND w.sealed_at IS NOT NULL LIMIT 1`,
  );
  await page.goto(`/works/${parent?.id}`);
  await signIn(page, wallet);
  await grantBonus(wallet.address, 100_000);
  await page.getByRole('link', { name: 'Remix' }).click();
  await expect(page.getByText('Starts from')).toBeVisible();
  await page.getByLabel('Prompt').fill('the same, at night');
  await page.getByRole('button', { name: /^generate/i }).click();
  await page.getByRole('link', { name: 'Open the work' }).first().click({ timeout: 60_000 });
  const madeFrom = page.locator('p').filter({ hasText: /^Made from/ });
  await expect(madeFrom).toBeVisible({ timeout: 30_000 });
  const link = madeFrom.getByRole('link');
  await expect(link).toHaveAttribute('href', `/works/${parent?.id}`);
  const [run] = await query<{ names: boolean; share: string; price: string }>(
    `SELECT g.parent = p.receipt_digest AS names, g.parent_millicredits AS share, g.price_millicredits AS price
       FROM generation g JOIN "user" u ON u.id = g.user_id JOIN work p ON p.id = g.parent_work_id WHERE u.address = $1`,
    [wallet.address.toLowerCase()],
  );
  expect(run?.names).toBe(true);
  expect(Number(run?.share)).toBe(Math.floor(Number(run?.price) * 0.05));
});
