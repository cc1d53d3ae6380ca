import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planDeployment } from '@/lib/chain/deploy/plan-deployment';
import { startTestChain, type TestChain } from '@/lib/chain/testing/local-chain';
import { rootDir } from './lib/paths';

const BASE_SEPOLIA = 84_532;
const platform = { platformOwner: `0x${'11'.repeat(20)}`, platformSigner: `0x${'22'.repeat(20)}` } as const;
const DEPLOYER_KEY = `0x${'ab'.repeat(32)}`;
let chain: TestChain;
let dir: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'intaglio-deploy-script-'));
  chain = await startTestChain({ automine: true, chainId: BASE_SEPOLIA });
}, 30_000);
afterAll(async () => {
  await chain.stop();
  rmSync(dir, { recursive: true });
});

/** What the script prints, and its exit code. */
function deploy(args: string[], env: Record<string, string> = {}): Promise<{ code: number; text: string }> {
  const settings = { RPC_URL: chain.url, PLATFORM_OWNER: platform.platformOwner, PLATFORM_SIGNER: platform.platformSigner, DEPLOYMENTS_DIR: dir };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'scripts/deploy.ts', ...args],
      { cwd: rootDir, env: { ...process.env, ...settings, ...env } },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, text: stdout + stderr }),
    );
  });
}

describe('npm run deploy', { timeout: 120_000 }, () => {
  it('as a dry run prints addresses and gas, and sends and writes nothing', async () => {
    const { code, text } = await deploy(['--chain', 'base-sepolia', '--dry-run'], { DEPLOYER_KEY });
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining('Nothing was sent') });
    for (const { contract, address } of planDeployment(platform)) {
      expect(text).toMatch(new RegExp(`${contract} +https://sepolia\\.basescan\\.org/address/${address} [0-9]+ gas`));
    }
    expect(await chain.client.getBlockNumber({ cacheTime: 0 })).toBe(0n);
    expect(readdirSync(dir)).toEqual([]);
    expect(text).not.toContain(DEPLOYER_KEY.slice(2));
  });

  it('refuses an RPC of another chain than named', async () => {
    const refused = { code: 1, text: expect.stringContaining('--chain base is chain 8453, but the RPC is of chain 84532') };
    expect(await deploy(['--chain', 'base'], { DEPLOYER_KEY })).toMatchObject(refused);
  });

  it('refuses a chain without a name or id, and a setting of the wrong form without repeating it', async () => {
    expect(await deploy(['--chain', 'somewhere'])).toMatchObject({ code: 1, text: expect.stringContaining('a name or an id') });
    const { code, text } = await deploy(['--chain', 'base-sepolia'], { DEPLOYER_KEY: `${DEPLOYER_KEY}ab` });
    expect({ code, text }).toMatchObject({ code: 1, text: expect.stringContaining('DEPLOYER_KEY is not of the right form') });
    expect(text).not.toContain(DEPLOYER_KEY.slice(2));
  });
});
