import type { Browser } from '@playwright/test';
import { createPublicClient, createTestClient, createWalletClient, encodeFunctionData, type Hex, http, parseEther, zeroHash } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { operatorAccounts } from '@/components/wallet/test-wallet/operator-accounts';
import { tillAbi } from '@/lib/chain/abi/till';
import { readDeployment } from '@/lib/chain/deploy/deployment';
import { query, stack } from './fixtures/stack';
import { expect, installWallet, signIn, test } from './fixtures/wallet';

const rpc = http(stack.env.RPC_URL);

/** An operator at their desk. */
async function deskOf(browser: Browser, baseURL: string | undefined, key: Hex) {
  const room = await browser.newContext({ baseURL });
  const wallet = await installWallet(room, { rpcUrl: stack.env.RPC_URL ?? '', key });
  const desk = await room.newPage();
  await desk.goto('/credits');
  await signIn(desk, wallet);
  return desk;
}

/** Somebody who never signed in sends ETH to the till. Returns who, and what they have left. */
async function payAsStranger() {
  const account = privateKeyToAccount(generatePrivateKey());
  await createTestClient({ mode: 'anvil', transport: rpc }).setBalance({ address: account.address, value: parseEther('1') });
  const client = createPublicClient({ transport: rpc });
  const deployed = readDeployment(stack.env.DEPLOYMENTS_DIR ?? '', 31_337);
  const to = deployed?.contracts.findLast(({ kind }) => kind === 'till')?.address;
  const data = encodeFunctionData({ abi: tillAbi, functionName: 'deposit', args: [zeroHash] });
  const hash = await createWalletClient({ account, transport: rpc }).sendTransaction({ to, data, value: parseEther('0.01'), chain: null });
  await client.waitForTransactionReceipt({ hash });
  return { hash, address: account.address.toLowerCase(), balance: () => client.getBalance({ address: account.address }) };
}

test('an operator gives back what a stranger paid at the till, and the books agree with the chain', async ({ browser, baseURL }) => {
  const desk = await deskOf(browser, baseURL, operatorAccounts[0].key);
  const stranger = await payAsStranger();
  const before = await stranger.balance();
  const row = desk.getByRole('listitem').filter({ hasText: stranger.address.slice(0, 6) });
  await expect(async () => {
    await desk.goto('/admin/deposits');
    await expect(row.getByText('Waits for you')).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await row.getByRole('button', { name: 'Give back' }).click();
  await row.getByRole('button', { name: /Yes/ }).click();
  await expect.poll(async () => (await stranger.balance()) - before, { timeout: 60_000 }).toBe(parseEther('0.01'));

  await desk.goto('/admin/reconciliation');
  await desk.getByRole('button', { name: 'Compare now' }).click();
  await expect(desk.getByRole('button', { name: 'Compare now' })).toBeEnabled({ timeout: 60_000 });
  const finished = () => query(`SELECT 1 FROM reconciliation_run WHERE state = 'done' AND created_at > now() - interval '1 minute'`);
  await expect.poll(async () => (await finished()).length, { timeout: 60_000 }).toBeGreaterThan(0);
  await desk.reload();
  await expect(desk.getByRole('heading', { name: 'What was compared' })).toBeVisible();
  // Other tests arrange credits in the database, which are differences: what is looked at is this payment.
  const about = `SELECT * FROM reconciliation_finding WHERE resolved_at IS NULL AND severity = 'difference' AND subject LIKE '%' || $1 || '%'`;
  expect(await query(about, [stranger.hash])).toEqual([]);
});

test('a correction moves something when a second operator approves it, and stands on the statement', async ({ page, wallet, browser, baseURL }) => {
  await page.goto('/credits');
  await signIn(page, wallet);
  const desk = await deskOf(browser, baseURL, operatorAccounts[0].key);
  await desk.goto('/admin/corrections');
  const [from, to] = [desk.getByRole('group', { name: 'From' }), desk.getByRole('group', { name: 'To' })];
  await from.getByLabel('Account').selectOption('promotion');
  await to.getByLabel('Account').selectOption('collector_bonus');
  await to.getByLabel('Whose').fill(wallet.address);
  await desk.getByLabel('Amount').fill('5000');
  await desk.getByLabel('Reason').fill('The page showed a lower price for an hour.');
  await desk.getByLabel('What the person reads').fill('Made good for a wrong price');
  await desk.getByRole('button', { name: 'Propose it' }).click();
  await expect(desk.getByText('Proposed. Nothing has moved')).toBeVisible();
  await expect(desk.getByText('You proposed it: another operator has to approve it.')).toBeVisible();

  const second = await deskOf(browser, baseURL, operatorAccounts[1].key);
  await second.goto('/admin/corrections');
  await second.getByRole('button', { name: 'Approve' }).click();
  await second.getByRole('button', { name: /Yes, post/ }).click();
  await expect(second.getByText('Nothing waits.')).toBeVisible();
  await page.goto('/credits');
  await expect(page.getByText('Made good for a wrong price')).toBeVisible();
});
