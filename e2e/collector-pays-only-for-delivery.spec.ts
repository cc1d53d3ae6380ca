import { grantBonus } from './fixtures/credits';
import { query } from './fixtures/stack';
import { expect, signIn, test } from './fixtures/wallet';

const deploymentOf = `SELECT d.id FROM deployment d JOIN model_version v ON v.digest = d.version_digest JOIN model m ON m.id = v.model_id WHERE m.slug = 'strata'`;

test.afterEach(() => query(`UPDATE deployment SET reference = 'strata' WHERE id IN (${deploymentOf})`));

test('a run that fails gives the credits back, says why, and shows it in the statement', async ({ page, wallet }) => {
  await query(`UPDATE deployment SET reference = 'not-there' WHERE id IN (${deploymentOf})`);
  await page.goto('/models/strata');
  await signIn(page, wallet);
  await grantBonus(wallet.address, 100_000);
  await page.getByLabel('Prompt').fill('a run that will fail');
  await page.getByRole('button', { name: /^generate/i }).click();
  await expect(page.getByText(/your credits were released/i).first()).toBeVisible({ timeout: 30_000 });
  await page.goto('/credits');
  await expect(page.getByRole('main').getByText('100', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('its hold was let go').first()).toBeVisible();
  const [books] = await query<{ contradictions: number }>(
    'SELECT ((SELECT count(*) FROM ledger.audit) + (SELECT count(*) FROM run_audit))::int AS contradictions',
  );
  expect(books?.contradictions).toBe(0);
});

test('a run that is cancelled while it waits costs nothing', async ({ page, wallet }) => {
  await page.goto('/models/vitrail');
  await signIn(page, wallet);
  await grantBonus(wallet.address, 400_000);
  await page.getByLabel('Prompt').fill('too many');
  await page.getByLabel('Size in pixels').selectOption({ label: '2048 × 2048 px' });
  await page.getByRole('radiogroup', { name: 'Variations' }).getByRole('radio', { name: '4' }).check({ force: true });
  await page.getByRole('button', { name: 'Generate 4' }).click();
  await page.getByRole('button', { name: 'Cancel' }).last().click();
  await expect(page.getByText(/cancelled/i).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('link', { name: 'Open the work' })).toHaveCount(3, { timeout: 60_000 });
  const [run] = await query<{ held: string }>(
    `SELECT coalesce(sum(h.amount), 0)::text AS held FROM ledger.hold h JOIN ledger.purse p ON p.id = h.purse_id JOIN "user" u ON p.owner = u.id::text
      WHERE u.address = $1 AND h.state = 'open'`,
    [wallet.address.toLowerCase()],
  );
  expect(run?.held).toBe('0');
});
