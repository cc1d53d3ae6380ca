import { operatorAccounts } from '@/components/wallet/test-wallet/operator-accounts';
import { query, stack } from './fixtures/stack';
import { expect, installWallet, signIn, test } from './fixtures/wallet';

/** Earnings that can be paid out, as runs paid from the till leave them. */
async function earn(address: string, millicredits: number): Promise<void> {
  await query(
    `SELECT ledger.post(gen_random_uuid(), 0::smallint, ledger.open_account('till_clearing', 'house'),
        ledger.open_account('creator_available', u.id::text), $1, 'correction') FROM "user" u WHERE u.address = $2`,
    [millicredits, address.toLowerCase()],
  );
}

test('a creator asks for a payout in ETH, an operator approves it, and the chain settles it', async ({ page, wallet, browser, baseURL }) => {
  await page.goto('/studio/earnings');
  await signIn(page, wallet);
  await earn(wallet.address, 5_000_000);
  await page.reload();

  await test.step('asks', async () => {
    await page.getByRole('radio', { name: 'ETH' }).check({ force: true });
    await page.getByLabel('Credits', { exact: true }).fill('5000');
    await page.getByRole('button', { name: 'Ask for the payout' }).click();
    await expect(page.getByText('Asked for. An operator looks at it')).toBeVisible();
  });

  await test.step('nobody but an operator sees the operator’s rooms', async () => {
    expect((await page.goto('/admin/payouts'))?.status()).toBe(404);
  });

  await test.step('an operator approves', async () => {
    const room = await browser.newContext({ baseURL });
    const operator = await installWallet(room, { rpcUrl: stack.env.RPC_URL ?? '', key: operatorAccounts[0].key });
    const desk = await room.newPage();
    await desk.goto('/credits');
    await signIn(desk, operator);
    await desk.goto('/admin/payouts');
    const request = desk.getByRole('listitem').filter({ hasText: wallet.address.toLowerCase() });
    await request.getByRole('button', { name: 'Approve' }).click();
    await expect(request.getByText('1 of 1')).toBeVisible();
    await room.close();
  });

  await test.step('it arrives', async () => {
    const state = () =>
      query<{ state: string }>(`SELECT p.state FROM payout p JOIN "user" u ON u.id = p.creator_id WHERE u.address = $1`, [
        wallet.address.toLowerCase(),
      ]);
    await expect.poll(async () => (await state())[0]?.state, { timeout: 60_000 }).toBe('sent');
    await page.goto('/studio/earnings');
    await expect(page.getByText('Sent', { exact: true }).first()).toBeVisible();
  });
});
