import { query, stack } from './fixtures/stack';
import { expect, signIn, test } from './fixtures/wallet';

/** What only the buyer's bank can do, at the simulator's control address. */
async function simulate(name: string, input: object): Promise<{ id?: string }> {
  const response = await fetch(`${stack.env.STRIPE_API_BASE}/_simulator/${name}`, { method: 'POST', body: JSON.stringify(input) });
  expect(response.status).toBeLessThan(400);
  return (await response.json()) as { id?: string };
}

test('a collector buys credits by card, and spending stops while the payment is disputed', async ({ page, wallet }) => {
  await page.goto('/credits?pay=card');
  await signIn(page, wallet);

  await test.step('turns back at the payment page: nothing is charged', async () => {
    await page.getByRole('button', { name: 'Pay by card' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page).toHaveURL(/\/credits/);
    await expect(page.getByTestId('available')).toHaveText('0');
  });

  await test.step('is declined once, then pays', async () => {
    await page.goto('/credits?pay=card');
    await expect(page.getByText('no money moves')).toBeVisible();
    await page.getByRole('button', { name: 'Pay by card' }).click();
    await page.getByRole('button', { name: 'Decline' }).click();
    await expect(page.getByRole('alert')).toContainText('declined');
    await page.getByRole('button', { name: 'Pay', exact: true }).click();
    await expect(page.getByText(/^Paid\. 2,000 credits/)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('rowheader').filter({ hasText: 'Bought by card' })).toBeVisible();
  });

  const [purchase] = await query<{ id: string }>(
    `SELECT p.id FROM card_purchase p JOIN "user" u ON u.id = p.user_id WHERE u.address = $1 AND p.state = 'paid'`,
    [wallet.address.toLowerCase()],
  );

  await test.step('cannot spend what the bank has called back, and can again when it is decided', async () => {
    const dispute = await simulate('dispute', { id: purchase?.id });
    await page.reload();
    await expect
      .poll(
        async () => {
          await page.reload();
          return page
            .getByRole('main')
            .getByText(/disputed/i)
            .count();
        },
        { timeout: 30_000 },
      )
      .toBeGreaterThan(0);
    // The pack's bonus is the house's, and stays.
    await expect(page.getByTestId('available')).toHaveText('100');
    await simulate('step-dispute', { id: dispute.id, step: 'win' });
    await expect
      .poll(
        async () => {
          await page.reload();
          return page.getByTestId('available').textContent();
        },
        { timeout: 30_000 },
      )
      .toBe('2,100');
  });

  const [books] = await query<{ contradictions: number }>('SELECT count(*)::int AS contradictions FROM ledger.audit');
  expect(books?.contradictions).toBe(0);
});
