import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Hex, keccak256, zeroAddress } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestChain, type TestChain } from '../testing/local-chain';
import { deployContracts } from './deploy-contracts';
import type { Kind } from './deployables';
import { estimateDeployment } from './estimate-deployment';
import { planDeployment } from './plan-deployment';

// A list whose second contract refuses to be made before the first stands: its constructor looks for code at its one argument.
vi.mock('./deployables', () => ({
  deployables: [
    { kind: 'work', contract: 'First', creationCode: '0x600160005360016000f3', args: () => [] },
    {
      ...{ kind: 'drop', contract: 'Second', creationCode: '0x60208038036000396000513b601357600080fd5b60016000f3' },
      args: (_: unknown, at: (kind: Kind) => Hex) => [at('work')],
    },
  ],
}));
const platform = { platformOwner: zeroAddress, platformSigner: zeroAddress } as const;
const PUBLIC_CHAIN = 84_532;
let chain: TestChain;
let dir: string;
let clean: Hex;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'intaglio-estimate-'));
  chain = await startTestChain({ automine: true, chainId: PUBLIC_CHAIN });
  await chain.mine(20);
  clean = await chain.test.snapshot();
}, 30_000);
beforeEach(async () => {
  await chain.test.revert({ id: clean });
  clean = await chain.test.snapshot();
  rmSync(join(dir, `${PUBLIC_CHAIN}.json`), { force: true });
});
afterAll(async () => {
  await chain.stop();
  rmSync(dir, { recursive: true });
});

const deploy = () => deployContracts({ publicClient: chain.client, walletClient: chain.wallet(1), ...platform, dir, commit: 'abc' });
const gas = async () => (await estimateDeployment(chain.client, planDeployment(platform))).map((estimate) => estimate.gas);

describe('deployment on a public chain', { timeout: 30_000 }, () => {
  it('costs what the estimate says, as far as that can be known before, and nothing when it stands', async () => {
    const [first, second] = await gas();
    expect(second).toBeNull();
    await deploy();
    const block = await chain.client.getBlock({ blockNumber: 21n });
    const { gasUsed } = await chain.client.getTransactionReceipt({ hash: block.transactions[0] as Hex });
    expect(Number(first)).toBeGreaterThanOrEqual(Number(gasUsed));
    expect(Number(first)).toBeLessThan(Number(gasUsed) * 1.1);
    expect(await gas()).toEqual([0n, 0n]);
  });

  it('throws where a constructor fails though all before it stands', async () => {
    const [first, second] = planDeployment(platform);
    const broken = { ...second, address: zeroAddress, codeHash: keccak256('0x'), initCode: '0x600080fd' } as typeof first & object;
    await expect(estimateDeployment(chain.client, [broken])).rejects.toThrow('revert');
  });

  it('finds the first block again when the record was lost', async () => {
    const before = await deploy();
    rmSync(join(dir, `${PUBLIC_CHAIN}.json`));
    await chain.mine(10);
    const after = await deploy();
    expect(after.contracts.map(({ address }) => address)).toEqual(before.contracts.map(({ address }) => address));
    expect(after.contracts.map(({ block }) => block)).toEqual([21, 22]);
  });

  it('stops at a record of contracts that the chain does not have', async () => {
    const record = await deploy();
    const gone = { kind: 'work', address: `0x${'77'.repeat(20)}`, block: 1, commit: 'old' };
    writeFileSync(join(dir, `${PUBLIC_CHAIN}.json`), JSON.stringify({ ...record, contracts: [gone, ...record.contracts] }));
    await expect(deploy()).rejects.toThrow('no code');
  });

  it('installs nothing that is not ours', async () => {
    expect((await deploy()).standards).toEqual({});
  });
});
