import { z } from 'zod';

/** A setting: its zod type, why it exists, and how to get a value. The README's table and `npm run doctor` are made from this. */
type Setting = { schema: z.ZodType; why: string; how: string; required?: true; secret?: true };

const flag = z
  .enum(['0', '1', ''])
  .default('')
  .transform((v) => v === '1');
const integer = (fallback: number, min: number, max: number) => z.coerce.number().int().min(min).max(max).default(fallback);
const addresses = z
  .string()
  .default('')
  .transform((list) => list.split(',').flatMap((one) => one.trim().toLowerCase() || []))
  .refine((list) => list.every((one) => /^0x[0-9a-f]{40}$/.test(one)), 'must be wallet addresses with commas between');
const hosts = z
  .string()
  .default('')
  .transform((list) => list.split(',').flatMap((one) => one.trim().toLowerCase() || []))
  .refine((list) => list.every((one) => /^[^\s/]+:\d{1,5}$/.test(one)), 'must be host:port pairs with commas between');
const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, 'must be an address')
  .transform((text) => text.toLowerCase() as `0x${string}`);
const KEY_PURPOSES = ['version', 'platform', 'relayer', 'treasury'];
const keyPurposes = z
  .string()
  .default('')
  .transform((list) => list.split(',').flatMap((one) => one.trim() || []))
  .refine((list) => list.every((one) => KEY_PURPOSES.includes(one)), `must be of ${KEY_PURPOSES.join(', ')} with commas between`);
const chains = z
  .string()
  .default('')
  .transform((list) => list.split(',').flatMap((one) => one.trim() || []))
  .refine((list) => list.every((one) => /^[1-9]\d{0,9}=https?:\/\/\S+$/.test(one)), 'must be chainId=https://… pairs with commas between')
  .transform((list) => list.map((one) => ({ chainId: Number(one.slice(0, one.indexOf('='))), url: one.slice(one.indexOf('=') + 1) })))
  .refine((list) => new Set(list.map(({ chainId }) => chainId)).size === list.length, 'names a chain twice');
const url = (protocols: RegExp) => z.url({ protocol: protocols });

export const settings = {
  DATABASE_URL: {
    schema: url(/^postgres(ql)?$/),
    required: true,
    secret: true,
    why: 'Postgres 15 or later: data, ledger and job queue.',
    how: 'postgresql://user:password@host:5432/name of any Postgres; `npm start` runs its own when this is not set.',
  },
  RPC_URL: {
    schema: url(/^https?$/),
    required: true,
    secret: true,
    why: 'JSON-RPC of the chain that holds collections and the till.',
    how: 'An https address from any RPC provider; `npm start` runs a local chain when this is not set.',
  },
  HOLDING_CHAINS: {
    schema: chains,
    secret: true,
    why: 'Other chains of which a model’s rule may ask who holds an ERC-721 or ERC-1155 token. They are read, and nothing else.',
    how: 'chainId=https://… pairs of any RPC providers with commas between: 1=https://…,137=https://…. At start each node has to say that it is that chain.',
  },
  WRAPPING_KEY: {
    schema: z.string().regex(/^(0x)?[0-9a-fA-F]{64}$/, 'must be 32 bytes in hex'),
    required: true,
    secret: true,
    why: 'Wraps every other key: version keys, the voucher key, sessions.',
    how: '`openssl rand -hex 32`; keep it outside the database. `npm start` makes one under .data/ when this is not set.',
  },
  WRAPPING_KEYS_BEFORE: {
    schema: z
      .string()
      .default('')
      .transform((list) => list.split(',').flatMap((one) => one.trim() || []))
      .refine((list) => list.every((one) => /^(0x)?[0-9a-fA-F]{64}$/.test(one)), 'must be keys of 32 bytes in hex with commas between'),
    secret: true,
    why: 'Former wrapping keys, while a new one takes over: the worker wraps everything anew within minutes, and nothing fails meanwhile.',
    how: 'The former WRAPPING_KEY. Take it out once the log says nothing more of sealed keys. People sign in again after a rotation.',
  },
  KEYS_IN_KMS: {
    schema: keyPurposes,
    why: 'Which new keys are made in AWS KMS, where nobody can read them, instead of sealed in the database. Keys that are there stay where they are.',
    how: 'Of version (receipts of versions that we sign for), platform (vouchers), relayer and treasury, with commas between. Needs KMS_REGION.',
  },
  KMS_REGION: {
    schema: z
      .string()
      .regex(/^[a-z0-9-]+$/, 'must be a region such as eu-central-1')
      .optional(),
    why: 'Region of AWS KMS. Needed for as long as a key is there.',
    how: 'eu-central-1, say. Credentials are found as by every AWS program: a role of the machine, or AWS_ACCESS_KEY_ID and its like.',
  },
  KMS_ENDPOINT: {
    schema: url(/^https?$/).optional(),
    why: 'Where KMS is reached by another address than the region’s own: a VPC endpoint, or the stand-in of the tests.',
    how: 'Leave out on the open internet.',
  },
  DATABASE_OWNER_URL: {
    schema: url(/^postgres(ql)?$/).optional(),
    secret: true,
    why: 'Role that owns the tables and runs migrations, so that DATABASE_URL can be a role that cannot edit the ledger.',
    how: 'Leave out to migrate with DATABASE_URL.',
  },
  PUBLIC_URL: {
    schema: url(/^https?$/).default('http://localhost:3000'),
    why: 'The address people type. Sign-in messages are only accepted for it, and links are made from it.',
    how: 'https://your.domain, without a path.',
  },
  STORAGE_DIR: { schema: z.string().min(1).default('.data/storage'), why: 'Folder of stored works.', how: 'Any writable folder.' },
  DEPLOYMENTS_DIR: {
    schema: z.string().min(1).default('contracts/deployments'),
    why: 'Where <chainId>.json says which contracts are ours.',
    how: 'Written by `npm run deploy`.',
  },
  EMBEDDED_CHAIN: {
    schema: flag,
    why: 'Set by the launcher when it runs the local chain: offers the labelled test wallet.',
    how: 'Never set by hand.',
  },
  EMBEDDED_FAUCET_KEY: {
    schema: z
      .string()
      .regex(/^0x[0-9a-f]{64}$/)
      .optional(),
    secret: true,
    why: 'Key that funds test wallets on the local chain.',
    how: 'Set by the launcher.',
  },
  OPERATOR_ADDRESSES: {
    schema: addresses,
    why: 'Wallets of the people who run this house: they see its books, approve payouts and post corrections.',
    how: 'Addresses with commas between; two or more, since large payouts and corrections need a second person. The launcher names two of the local chain.',
  },
  ETH_USD_CENTS: {
    schema: z.coerce.number().int().min(1).max(100_000_000).optional(),
    why: 'Price of one ETH in US cents where there is no feed. The till then says that it is a fixed rate. Without either ETH has no price.',
    how: 'An integer, 250000 = US$2,500; somebody has to keep it true, so that a feed is better.',
  },
  ETH_USD_FEED: {
    schema: address.optional(),
    why: 'Price feed of ETH in US dollars (Chainlink AggregatorV3) on the chain at RPC_URL.',
    how: 'Its address, from docs.chain.link/data-feeds; left out on the local chain, which has a labelled stand-in.',
  },
  ETH_USD_MAX_AGE_SECONDS: {
    schema: integer(3900, 10, 100_000_000),
    why: 'An older answer of the feed is not believed: payments in ETH are priced again once it has a newer one.',
    how: 'The heartbeat of the feed and some minutes; 3900 for one of an hour.',
  },
  USDC_TOKEN: {
    schema: address.optional(),
    why: 'USDC on the chain at RPC_URL: 1 USDC buys 100 credits. Without it the till takes ETH only.',
    how: 'Its address, from developers.circle.com; the till’s owner has to list it, too. Left out on the local chain, which has a labelled stand-in.',
  },
  X402_FACILITATOR_URL: {
    schema: url(/^https?$/).optional(),
    why: 'Who checks and settles payments for single calls (x402). Left out, the house does: the treasury then pays the gas of each.',
    how: 'The address of an x402 v2 facilitator for the chain at RPC_URL and `exact` payments by EIP-3009.',
  },
  CONFIRMATIONS: {
    schema: integer(4, 1, 500),
    why: 'Blocks on top of a deposit before it becomes credits.',
    how: '4 on the local chain; 65 on Ethereum mainnet.',
  },
  SENDER_MAX_FEE_GWEI: {
    schema: integer(100, 1, 1_000_000),
    why: 'Most that the server pays for a unit of gas; while the chain asks more, its transactions wait.',
    how: 'Gwei. Read by relayed mints and payouts.',
  },
  SENDER_STUCK_SECONDS: {
    schema: integer(60, 1, 3600),
    why: 'A transaction of the server that was not mined after this is sent again with higher fees.',
    how: 'Seconds: a few blocks of the chain.',
  },
  SENDER_LOW_BALANCE_GWEI: {
    schema: integer(50_000_000, 0, 1_000_000_000_000),
    why: 'A key of the server with less ETH than this is an alert for operators.',
    how: 'Gwei; 50000000 = 0.05 ETH.',
  },
  PLATFORM_FEE_BPS: { schema: integer(1000, 0, 5000), why: 'Platform share of a run fee, in basis points.', how: '1000 = 10 %.' },
  EARNINGS_PENDING_DAYS: {
    schema: integer(30, 0, 365),
    why: 'Card earnings wait this long before they can be paid out, since a card payment can be disputed.',
    how: 'Days.',
  },
  PAYOUT_SECOND_APPROVAL_MILLICREDITS: {
    schema: integer(100_000_000, 0, 1_000_000_000_000),
    why: 'Above this much within a day, a payout or a write-off needs a second operator.',
    how: 'Millicredits; 100000000 = US$1,000.',
  },
  QUOTE_SECONDS: { schema: integer(300, 30, 3600), why: 'How long a price stands.', how: 'Seconds.' },
  RUN_DEADLINE_SECONDS: {
    schema: integer(600, 5, 800),
    why: 'A run ends this long after its hold, queue included.',
    how: 'Seconds, below HOLD_SECONDS.',
  },
  HOLD_SECONDS: { schema: integer(900, 10, 3600), why: 'The ledger lets go of a hold by itself after this.', how: 'Seconds.' },
  RECONCILIATION_MINUTES: {
    schema: integer(60, 1, 10_080),
    why: 'How often the books are compared with the chain, the card processor and the works.',
    how: 'Minutes. An operator can ask for it at any time.',
  },
  ENDPOINT_PRIVATE_HOSTS: {
    schema: hosts,
    why: 'Models on your own network: deployments at these may be called by plain http and at private addresses. Everything else must be https on the public internet.',
    how: 'host:port pairs with commas between. The launcher names its own example endpoint.',
  },
  WEBHOOK_PRIVATE_HOSTS: {
    schema: hosts,
    why: 'Programs on the machine of whoever develops against us: these are told by webhooks, by plain http too. Anybody who signs in may name one, so it stays empty where strangers do.',
    how: 'host:port pairs with commas between.',
  },
  MODERATION_PHRASES: {
    schema: z
      .string()
      .default('')
      .transform((list) => list.split(',').flatMap((one) => one.trim() || [])),
    why: 'Phrases that no model of this house is run with, beside the built-in list. A blocked prompt costs nothing.',
    how: 'Phrases with commas between.',
  },
  MODERATION_IMAGE_HASHES: {
    schema: z.string().min(1).optional(),
    why: 'Pictures that are not delivered: their difference hashes.',
    how: 'A file with 16 hex digits a line; a # begins a note.',
  },
  EXAMPLE_ENDPOINT_URL: {
    schema: url(/^https?$/).optional(),
    why: 'The reference server with its example model, offered in the studio as what it is.',
    how: 'Set by the launcher. Never set by hand.',
  },
  RUNS_AT_ONCE_PER_USER: {
    schema: integer(8, 1, 1000),
    why: 'Runs of one person that are made at once; more wait, so that nobody fills the workers alone.',
    how: 'A number.',
  },
  RUNS_AT_ONCE_PER_CREATOR: {
    schema: integer(48, 1, 10_000),
    why: 'Runs of one creator’s models, all together, that are made at once; more wait, so that nobody’s slow models take every worker.',
    how: 'A number below WORKER_CONCURRENCY times the worker processes where creators should not have to wait for each other.',
  },
  WORKER_CONCURRENCY: { schema: integer(2, 1, 64), why: 'Jobs a worker process runs at once.', how: 'Raise for hosted models, which mostly wait.' },
  RENDER_THREADS: { schema: integer(1, 1, 32), why: 'Threads of a worker that run the embedded models.', how: 'Cores you can spare.' },
  STRIPE_SECRET_KEY: {
    schema: z
      .string()
      .regex(/^(sk|rk)_\w+$/, 'must be a secret or restricted key')
      .optional(),
    secret: true,
    why: 'Takes card payments and pays creators through Stripe. Without it both are off, and the pages say so.',
    how: 'dashboard.stripe.com/apikeys; `npm start` runs a labelled simulator when this is not set.',
  },
  STRIPE_WEBHOOK_SECRET: {
    schema: z.string().startsWith('whsec_').optional(),
    secret: true,
    why: 'Proves that an event comes from Stripe.',
    how: 'The signing secret of the endpoint PUBLIC_URL/api/webhooks/stripe; several with commas between (account, Connect, a secret being replaced).',
  },
  STRIPE_API_BASE: {
    schema: url(/^https?$/).optional(),
    why: 'Where the simulator answers instead of Stripe.',
    how: 'Set by the launcher. Never set by hand.',
  },
  STRIPE_TAX: { schema: flag, why: 'Stripe adds sales tax or VAT at checkout.', how: '1 once Stripe Tax is set up in the dashboard.' },
  CARD_BONUS_DAYS: { schema: integer(180, 1, 3650), why: 'How long the bonus credits of larger card packs last.', how: 'Days.' },
  CREDENTIALS_CHAIN_FILE: {
    schema: z.string().min(1).optional(),
    why: 'Certificates that Content Credentials are signed under. Without them the house makes a root of its own, which nobody else vouches for.',
    how: 'A PEM file from an authority on the C2PA trust list, leaf first; together with CREDENTIALS_KEY_FILE.',
  },
  CREDENTIALS_KEY_FILE: {
    schema: z.string().min(1).optional(),
    why: 'The key of the first of these certificates (P-256).',
    how: 'A PKCS #8 PEM file that only the server can read.',
  },
  CREDENTIALS_ANCHORS_FILE: {
    schema: z.string().min(1).optional(),
    why: 'Authorities, beside the house’s own root, whose signers our checks call trusted.',
    how: 'A PEM file, such as the C2PA trust list.',
  },
  CREDENTIALS_TSA_URL: {
    schema: url(/^https?$/).optional(),
    why: 'Time-stamp authority (RFC 3161): a file then proves that it was signed before its certificate ended. Adds 2 to 8 KB and a call to each sealing.',
    how: 'The address your authority names; left out, files carry no time stamp.',
  },
  CREDENTIALS_LEAF_DAYS: {
    schema: integer(90, 1, 3650),
    why: 'The house’s own signing certificate is replaced after this, and its key is destroyed.',
    how: 'Days.',
  },
  IPFS_RPC_URL: {
    schema: url(/^https?$/).optional(),
    why: 'RPC of an IPFS node (Kubo) that keeps what minted works need: image, metadata, preview, manifest. Without it nothing is pinned: a pin is only worth something on a node that somebody runs and pays for. The files are served under /ipfs either way.',
    how: 'http://127.0.0.1:5001 of `ipfs daemon`, 0.13 or later, or a pinning service with the same RPC. Never open that port to the internet.',
  },
  IPFS_RPC_AUTHORIZATION: {
    schema: z.string().min(1).optional(),
    secret: true,
    why: 'What that node wants in the Authorization header.',
    how: '`Bearer …` or `Basic …`, as its API.Authorizations or the service says.',
  },
  LOG_LEVEL: {
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    why: 'How much is logged.',
    how: 'debug to see each step.',
  },
  NODE_ENV: { schema: z.enum(['development', 'production', 'test']).default('development'), why: 'Set by the commands.', how: 'Never set by hand.' },
} satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;
export type Env = { [K in SettingName]: z.output<(typeof settings)[K]['schema']> };

/** Every problem with the given variables, each with the name and what to do. Empty when all is well. */
export function checkSettings(source: Record<string, string | undefined>): { name: SettingName; problem: string; how: string }[] {
  return (Object.keys(settings) as SettingName[]).flatMap((name) => {
    const { schema, how }: Setting = settings[name];
    const result = schema.safeParse(source[name] || undefined);
    if (result.success) return [];
    return [{ name, problem: source[name] ? (result.error.issues[0]?.message ?? 'is not valid') : 'is not set', how }];
  });
}

function load(): Env {
  const problems = checkSettings(process.env);
  if (problems.length > 0) {
    throw new Error(['Settings are missing or wrong:', ...problems.map((p) => `  ${p.name} ${p.problem}. ${p.how}`)].join('\n'));
  }
  const entries = Object.entries(settings).map(([name, s]) => [name, s.schema.parse(process.env[name] || undefined)]);
  // next-auth reads its own address from the environment only.
  const loaded = Object.fromEntries(entries) as Env;
  process.env.NEXTAUTH_URL ??= loaded.PUBLIC_URL;
  return loaded;
}

let loaded: Env | undefined;
/** The settings, read and checked at first use: a build needs none of them, so that one build serves every environment. */
export const env: Env = new Proxy({} as Env, {
  get: (_target, name: string) => {
    loaded ??= load();
    return loaded[name as SettingName];
  },
});

/** How much is logged. Needs none of the other settings, since a log must work before they are checked. */
export const logLevel = settings.LOG_LEVEL.schema.catch('info').parse(process.env.LOG_LEVEL || undefined);
