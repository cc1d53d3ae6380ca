import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { operatorAccounts } from '@/components/wallet/test-wallet/operator-accounts';
import { faucetKey } from './chain';
import type { Ports } from './choose-ports';
import { appUrl, ownerUrl } from './database-roles';
import type { Variables } from './environment';
import type { Secrets } from './secrets';

export type StackUrls = { web: string; rpc: string; database: string };

type Given = { dataDir: string; ports: Ports; secrets: Secrets; source: Variables; mode: 'production' | 'development' };

/** Which parts run here: those whose address the operator did not give. */
export const embeddedParts = (source: Variables) => ({
  postgres: !source.DATABASE_URL,
  chain: !source.RPC_URL,
  // Beside a real chain a simulator that takes any press of a button for a payment would give things of value away.
  stripe: !source.STRIPE_SECRET_KEY && !source.RPC_URL,
  // The reference server with its example model, for somebody who wants to see how a model of their own would be sold.
  endpoint: !source.RPC_URL,
});

/** Every setting of the app and the worker (lib/env.ts declares them), the operator's where given. */
export function stackEnv({ dataDir, ports, secrets, source, mode }: Given): Record<string, string> {
  const embedded = embeddedParts(source);
  const address = { port: ports.postgres, superuserPassword: secrets.postgresPassword, ...secrets };
  return {
    DATABASE_URL: source.DATABASE_URL || appUrl(address),
    RPC_URL: source.RPC_URL || `http://127.0.0.1:${ports.chain}`,
    WRAPPING_KEY: source.WRAPPING_KEY || secrets.wrappingKey,
    PUBLIC_URL: source.PUBLIC_URL || `http://localhost:${ports.web}`,
    DATA_DIR: dataDir,
    STORAGE_DIR: source.STORAGE_DIR || join(dataDir, 'storage'),
    WEBHOOK_PRIVATE_HOSTS: source.WEBHOOK_PRIVATE_HOSTS || '',
    ...(embedded.chain ? localChainEnv(dataDir, source) : {}),
    ...(embedded.stripe ? simulatorEnv(ports, secrets) : {}),
    ...(embedded.endpoint ? exampleEndpointEnv(ports, source) : {}),
    NODE_ENV: mode,
    NEXT_TELEMETRY_DISABLED: '1',
  };
}

const localChainEnv = (dataDir: string, source: Variables) => ({
  EMBEDDED_CHAIN: '1',
  EMBEDDED_FAUCET_KEY: faucetKey,
  DEPLOYMENTS_DIR: join(dataDir, 'deployments'),
  // The stand-in for a price feed was set when it was deployed, and nobody publishes prices to it.
  ETH_USD_MAX_AGE_SECONDS: source.ETH_USD_MAX_AGE_SECONDS || '100000000',
  // Anybody can hold these keys: they open the operator's rooms of this machine alone.
  OPERATOR_ADDRESSES: source.OPERATOR_ADDRESSES || operatorAccounts.map(({ address }) => address).join(','),
});

/** What makes the real SDK talk to the stand-in, and its events come signed. */
const simulatorEnv = (ports: Ports, { wrappingKey }: Secrets) => ({
  STRIPE_SECRET_KEY: 'sk_test_simulator',
  STRIPE_WEBHOOK_SECRET: `whsec_${createHash('sha256').update(`stripe simulator ${wrappingKey}`).digest('hex')}`,
  STRIPE_API_BASE: `http://127.0.0.1:${ports.stripe}`,
});

const exampleEndpointEnv = (ports: Ports, source: Variables) => ({
  EXAMPLE_ENDPOINT_URL: `http://127.0.0.1:${ports.endpoint}`,
  ENDPOINT_PRIVATE_HOSTS: [source.ENDPOINT_PRIVATE_HOSTS, `127.0.0.1:${ports.endpoint}`].filter(Boolean).join(','),
});

/** The address of the database for its owner: migrations and seed use it, the app and the worker never get it. */
export function stackOwnerUrl({ ports, secrets, source }: Pick<Given, 'ports' | 'secrets' | 'source'>): string {
  if (source.DATABASE_URL) return source.DATABASE_OWNER_URL || source.DATABASE_URL;
  return ownerUrl({ port: ports.postgres, superuserPassword: secrets.postgresPassword, ...secrets });
}
