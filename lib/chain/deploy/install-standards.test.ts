import { domainSeparator, parseAbi, zeroHash } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestChain, type TestChain } from '../testing/local-chain';
import { findStandards, installStandards, STANDARDS } from './install-standards';

const { multicall3, conduitController, seaport } = STANDARDS;
const seaportAbi = parseAbi(['function information() view returns (string version, bytes32 separator, address controller)']);
const controllerAbi = parseAbi([
  'function createConduit(bytes32 conduitKey, address initialOwner) returns (address conduit)',
  'function getConduit(bytes32 conduitKey) view returns (address conduit, bool exists)',
]);
let chain: TestChain;

beforeAll(async () => {
  chain = await startTestChain({ automine: true });
}, 30_000);
afterAll(() => chain.stop());

describe('the standards of public chains, on a local one', { timeout: 30_000 }, () => {
  it('are missing at first, and stand after they were installed; again changes nothing', async () => {
    expect(await findStandards(chain.client)).toEqual({});
    await installStandards(chain.client);
    expect(await findStandards(chain.client)).toEqual(STANDARDS);
    const before = await Promise.all([multicall3, conduitController, seaport].map((address) => chain.client.getCode({ address })));
    await installStandards(chain.client);
    expect(await Promise.all([multicall3, conduitController, seaport].map((address) => chain.client.getCode({ address })))).toEqual(before);
  });

  it('give Seaport 1.6 the domain of this chain, and its conduit controller', async () => {
    await installStandards(chain.client);
    const [version, separator, controller] = await chain.client.readContract({ address: seaport, abi: seaportAbi, functionName: 'information' });
    const domain = { name: 'Seaport', version: '1.6', chainId: 31_337, verifyingContract: seaport };
    expect({ version, controller }).toEqual({ version: '1.6', controller: conduitController });
    expect(separator).toBe(domainSeparator({ domain }));
  });

  it('make conduits: a key that begins with its caller’s address', async () => {
    await installStandards(chain.client);
    const wallet = chain.wallet(1);
    const key = `${wallet.account.address}${zeroHash.slice(42)}` as const;
    const contract = { address: conduitController, abi: controllerAbi } as const;
    const hash = await wallet.writeContract({ ...contract, functionName: 'createConduit', args: [key, wallet.account.address] });
    await chain.client.waitForTransactionReceipt({ hash });
    const [conduit, exists] = await chain.client.readContract({ ...contract, functionName: 'getConduit', args: [key] });
    expect([exists, (await chain.client.getCode({ address: conduit }))?.length]).toEqual([true, expect.any(Number)]);
  });
});
