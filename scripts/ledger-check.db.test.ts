import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { asOwner } from '@/lib/reconciliation/testing/as-owner';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { rootDir } from './lib/paths';

vi.setConfig({ testTimeout: 180_000 }); // processes start here, on machines that may be busy

const db = openDatabase(process.env.DATABASE_URL ?? '');

/** `npm run ledger:check` against this file's database and chain. */
function ledgerCheck(...options: string[]): Promise<{ code: number; out: string }> {
  const args = ['--import', 'tsx', join(rootDir, 'scripts/ledger-check.ts'), ...options];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd: rootDir, env: process.env }, (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, out: out + err }),
    );
  });
}

beforeAll(async () => {
  await deployToTestChain(`0x${'11'.repeat(20)}`);
  await grantCredits(db, await seedPerson(db, testChain.wallet(1).account.address), 5_000n);
});
afterAll(() => db.close());

test('says what was compared and that it agrees, and ends with 0', async () => {
  const { code, out } = await ledgerCheck();
  expect(out).toContain('✓ The books');
  expect(out).toContain('The books agree with everything they were compared with.');
  expect(code).toBe(0);
});

test('names a difference with both amounts and what to do, and ends with 1', async () => {
  await asOwner(`UPDATE ledger.account SET credits_posted = credits_posted + 700 WHERE kind = 'collector_bonus'`);
  const { code, out } = await ledgerCheck();
  expect(out).toContain('should be 5 credits, is 5.7 credits (+0.7 credits)');
  expect(out).toContain('differences to look into.');
  expect(code).toBe(1);
  const json = await ledgerCheck('--json');
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({
    run: { state: 'done', trigger: 'command' },
    findings: expect.arrayContaining([expect.objectContaining({ check: 'ledger' })]),
  });
  await asOwner(`UPDATE ledger.account SET credits_posted = credits_posted - 700 WHERE kind = 'collector_bonus'`);
});

test('ends with 2 when the chain does not answer, and still says what the books say of themselves', async () => {
  const rpc = process.env.RPC_URL;
  process.env.RPC_URL = 'http://127.0.0.1:1';
  const { code, out } = await ledgerCheck().finally(() => {
    process.env.RPC_URL = rpc;
  });
  expect(out).toContain('✓ The books');
  expect(out).toContain('could not be made: The chain does not answer right now');
  expect(out).not.toContain('127.0.0.1:1');
  expect(code).toBe(2);
});
