import { createPublicClient, createWalletClient, http } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';
import { deployContracts } from '@/lib/chain/deploy/deploy-contracts';
import { installStandIns } from '@/lib/chain/deploy/local-stand-ins';
import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { houseKey, platformSigner } from '@/lib/keys/sealed-keys';
import { deployerKey } from './chain';
import { fundRelayer, fundTreasury } from './fund-house-keys';

// Puts our contracts on the local chain. What stands there already is left alone.
const database = openDatabase(env.DATABASE_URL, 1);
await platformSigner(database);
// The factory's address follows from the first voucher key, also after that one was retired.
const first = await database.prisma.sealedKey.findFirstOrThrow({ where: { purpose: 'platform' }, orderBy: { id: 'asc' } });
const treasury = (await houseKey(database, 'treasury')).signer.address;
const relayer = (await houseKey(database, 'relayer')).signer.address;
await database.close();

const account = privateKeyToAccount(deployerKey);
const transport = http(env.RPC_URL);
const publicClient = createPublicClient({ chain: foundry, transport, pollingInterval: 100 });
const walletClient = createWalletClient({ account, chain: foundry, transport });
const { contracts } = await deployContracts({
  publicClient,
  walletClient,
  platformOwner: account.address,
  platformSigner: first.address as `0x${string}`,
  dir: env.DEPLOYMENTS_DIR,
  commit: 'local',
});
const standIns = await installStandIns({ publicClient, walletClient, dir: env.DEPLOYMENTS_DIR });
await fundTreasury({ publicClient, walletClient, treasury, usdc: standIns.usdc });
await fundRelayer({ publicClient, walletClient, relayer });
for (const { kind, address } of contracts) console.log(`${kind} ${address}`);
for (const [name, address] of Object.entries(standIns)) console.log(`${name} (stand-in) ${address}`);
