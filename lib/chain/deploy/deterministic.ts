import { concat, getContractAddress, type Hex, type PublicClient, type WalletClient, zeroHash } from 'viem';

/** The CREATE2 deployer that exists on nearly every chain, anvil included. Calldata: salt ‖ creation code. */
export const CREATE2_DEPLOYER = '0x4e59b44847b379578588920cA78FbF26c0B4956C';

export type ChainWriter = { publicClient: PublicClient; walletClient: WalletClient };

/** Where `creationCode` (constructor arguments included) is or will be: the same on every chain. */
export function deterministicAddress(creationCode: Hex): Hex {
  return getContractAddress({ opcode: 'CREATE2', from: CREATE2_DEPLOYER, salt: zeroHash, bytecode: creationCode });
}

/** Calldata that makes the CREATE2 deployer deploy `creationCode`. */
export function deploymentData(creationCode: Hex): Hex {
  return concat([zeroHash, creationCode]);
}

export async function requireDeployer(publicClient: PublicClient): Promise<void> {
  if (await hasCode(publicClient, CREATE2_DEPLOYER)) return;
  throw new Error(`this chain has no CREATE2 deployer at ${CREATE2_DEPLOYER}: see github.com/Arachnid/deterministic-deployment-proxy`);
}

export async function hasCode(publicClient: PublicClient, address: Hex): Promise<boolean> {
  return ((await publicClient.getCode({ address })) ?? '0x') !== '0x';
}

/**
 * The block that brought the code at `address`, which has to be there now: found by halving, about 25 calls. The provider needs old state; one
 * without it answers with an error, which is thrown.
 */
export async function firstBlockOf(publicClient: PublicClient, address: Hex): Promise<number> {
  // An answer kept from before the contract's block would end there.
  let [without, having] = [-1n, await publicClient.getBlockNumber({ cacheTime: 0 })];
  while (having - without > 1n) {
    const blockNumber = (without + having) / 2n;
    const code = await publicClient.getCode({ address, blockNumber });
    if (code) having = blockNumber;
    else without = blockNumber;
  }
  return Number(having);
}

/**
 * Makes sure `creationCode` is deployed at its deterministic address and returns that. Sends nothing where it already is. Throws where the
 * chain lacks the deployer, where the transaction fails, or where no code stands there afterwards.
 */
export async function deployDeterministic({ publicClient, walletClient }: ChainWriter, creationCode: Hex): Promise<Hex> {
  const address = deterministicAddress(creationCode);
  if (await hasCode(publicClient, address)) return address;
  const account = walletClient.account;
  if (!account) throw new Error('the wallet client has no account to deploy from');
  await requireDeployer(publicClient);
  const hash = await walletClient.sendTransaction({ account, chain: null, to: CREATE2_DEPLOYER, data: deploymentData(creationCode) });
  const receipt = await publicClient.waitForTransactionReceipt({ hash });
  if (receipt.status !== 'success' || !(await hasCode(publicClient, address))) {
    throw new Error(`deployment transaction ${hash} left no contract at ${address}`);
  }
  return address;
}
