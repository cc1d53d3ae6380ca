import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createPublicClient, createWalletClient, formatEther, type Hex, http, isAddress, type PublicClient } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { withoutUrl } from '@/lib/chain/chain-error';
import { deployContracts } from '@/lib/chain/deploy/deploy-contracts';
import { estimateDeployment } from '@/lib/chain/deploy/estimate-deployment';
import { KNOWN_CHAINS } from '@/lib/chain/deploy/known-chains';
import { planDeployment } from '@/lib/chain/deploy/plan-deployment';
import { rootDir } from './lib/paths';
import { checkSources, keepInputs } from './lib/verification-input';

// Deploys the contracts to a chain and writes contracts/deployments/<chainId>.json. Safe to repeat.

const help = `Deploys Intaglio's contracts: npm run deploy -- --chain <name or id> [--dry-run]

  --chain          ${Object.keys(KNOWN_CHAINS).join(', ')}, or the id of any other chain
  --dry-run        prints addresses and gas, and sends nothing; needs no DEPLOYER_KEY

  RPC_URL          JSON-RPC address of the chain; a chain with a name has a public one, too
  DEPLOYER_KEY     0x and 64 hex digits: the private key that pays for the deployment and can do nothing afterwards. Make one with
                     node -e "console.log('0x' + require('node:crypto').randomBytes(32).toString('hex'))"
                   and send its address some ETH (a faucet on a test chain; about 0.02 ETH at 2 gwei elsewhere).
  PLATFORM_SIGNER  address of the key that signs vouchers (rotated later from the owner's wallet)
  PLATFORM_OWNER   address that owns factory and till: rotates the voucher key, withdraws from the till. A multisig, if you have one.
  DEPLOYMENTS_DIR  where the record is; contracts/deployments by default
`;

class Refusal extends Error {}

function setting(name: string, valid: (text: string) => boolean): Hex {
  const value = process.env[name];
  if (!value) throw new Refusal(`${name} is not set.\n\n${help}`);
  if (!valid(value)) throw new Refusal(`${name} is not of the right form.\n\n${help}`);
  return value as Hex;
}

/** The chain that --chain names, at RPC_URL. Refuses an RPC of another chain. */
async function openChain(name: string | undefined): Promise<{ publicClient: PublicClient; rpcUrl: string; explorer: string | undefined }> {
  const known = KNOWN_CHAINS[name ?? ''];
  const id = known?.id ?? Number(name);
  if (!Number.isSafeInteger(id)) throw new Refusal(`--chain has to be a name or an id.\n\n${help}`);
  const given = known && !process.env.RPC_URL ? known.rpcUrls.default.http[0] : undefined;
  const rpcUrl = given ?? setting('RPC_URL', (text) => /^https?:\/\//.test(text));
  const publicClient = createPublicClient({ transport: http(rpcUrl) });
  const answered = await publicClient.getChainId();
  if (answered !== id) throw new Refusal(`--chain ${name} is chain ${id}, but the RPC is of chain ${answered}. Nothing was sent.`);
  return { publicClient, rpcUrl, explorer: known?.blockExplorers?.default.url };
}

/** The commit to record. Refuses contracts that no commit has. */
function commitOfContracts(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: rootDir, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--', 'contracts/src', 'contracts/foundry.toml', 'lib/chain/deploy');
  if (changed) throw new Refusal(`The record names a commit, and these are in none:\n${changed}`);
  return git('rev-parse', 'HEAD');
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { chain: { type: 'string' }, 'dry-run': { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(help);
  const { publicClient, rpcUrl, explorer } = await openChain(values.chain);
  const platform = {
    platformOwner: setting('PLATFORM_OWNER', (text) => isAddress(text)),
    platformSigner: setting('PLATFORM_SIGNER', (text) => isAddress(text)),
  };
  const plan = planDeployment(platform);
  for (const { contract, gas } of await estimateDeployment(publicClient, plan)) {
    const cost = gas === 0n ? 'stands' : gas === null ? 'gas not known before the others stand' : `${gas} gas`;
    console.log(`${contract.contract.padEnd(24)} ${explorer ? `${explorer}/address/` : ''}${contract.address} ${cost}`);
  }
  if (values['dry-run']) return console.log(`Nothing was sent. Gas price now: ${formatEther(await publicClient.getGasPrice(), 'gwei')} gwei`);

  const account = privateKeyToAccount(setting('DEPLOYER_KEY', (text) => /^0x[0-9a-fA-F]{64}$/.test(text)));
  const commit = commitOfContracts();
  const inputs = checkSources(plan);
  const balance = await publicClient.getBalance({ address: account.address });
  if (balance === 0n) throw new Refusal(`The deployer ${account.address} has no ETH on this chain.\n\n${help}`);
  const dir = process.env.DEPLOYMENTS_DIR || join(rootDir, 'contracts/deployments');
  const walletClient = createWalletClient({ account, transport: http(rpcUrl) });
  keepInputs(inputs, join(dir, 'verification'));
  const deployment = await deployContracts({ publicClient, walletClient, ...platform, dir, commit });
  const spent = balance - (await publicClient.getBalance({ address: account.address }));
  console.log(`${JSON.stringify(deployment, null, 2)}\nSpent ${formatEther(spent)} ETH. Recorded in ${dir}/${deployment.chainId}.json`);
}

main().catch((error: Error) => {
  console.error(error instanceof Refusal ? error.message : `deploy: ${withoutUrl(error).message}`);
  process.exitCode = 1;
});
