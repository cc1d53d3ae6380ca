import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { createPublicClient, createWalletClient, formatEther, type Hex, http, isAddress } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { deployContracts } from '@/lib/chain/deploy/deploy-contracts';
import { rootDir } from './lib/paths';

// Deploys the contracts to the chain at RPC_URL and writes contracts/deployments/<chainId>.json. Safe to repeat.

const help = `Deploys Intaglio's contracts.

  RPC_URL          JSON-RPC address of the chain
  DEPLOYER_KEY     0x and 64 hex digits: the private key that pays for the deployment and can do nothing afterwards. Make one with
                     node -e "console.log('0x' + require('node:crypto').randomBytes(32).toString('hex'))"
                   and send its address some ETH (a faucet on a test chain; about 0.01 ETH at 2 gwei elsewhere).
  PLATFORM_SIGNER  address of the key that signs vouchers (rotated later from the owner's wallet)
  PLATFORM_OWNER   address that owns factory and till: rotates the voucher key, withdraws from the till. A multisig, if you have one.
`;

class Refusal extends Error {}

function setting(name: string, valid: (text: string) => boolean): Hex {
  const value = process.env[name];
  if (!value) throw new Refusal(`${name} is not set.\n\n${help}`);
  if (!valid(value)) throw new Refusal(`${name} is not of the right form.\n\n${help}`);
  return value as Hex;
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) return console.log(help);
  const rpcUrl = setting('RPC_URL', (text) => /^https?:\/\//.test(text));
  const account = privateKeyToAccount(setting('DEPLOYER_KEY', (text) => /^0x[0-9a-fA-F]{64}$/.test(text)));
  const platformSigner = setting('PLATFORM_SIGNER', (text) => isAddress(text));
  const platformOwner = setting('PLATFORM_OWNER', (text) => isAddress(text));
  const publicClient = createPublicClient({ transport: http(rpcUrl) });
  const walletClient = createWalletClient({ account, transport: http(rpcUrl) });
  const balance = await publicClient.getBalance({ address: account.address });
  if (balance === 0n) throw new Refusal(`The deployer ${account.address} has no ETH on chain ${await publicClient.getChainId()}.\n\n${help}`);
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: rootDir, encoding: 'utf8' }).trim();
  const dir = join(rootDir, 'contracts/deployments');
  const deployment = await deployContracts({ publicClient, walletClient, platformOwner, platformSigner, dir, commit });
  const spent = balance - (await publicClient.getBalance({ address: account.address }));
  console.log(
    `${JSON.stringify(deployment, null, 2)}\nSpent ${formatEther(spent)} ETH. Recorded in contracts/deployments/${deployment.chainId}.json`,
  );
}

main().catch((error: Error) => {
  console.error(error instanceof Refusal ? error.message : `deploy: ${error.message}`);
  process.exitCode = 1;
});
