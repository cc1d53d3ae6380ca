import { consume, limiter } from './limiters';

/**
 * Points a minute of calls that need no sign-in, for one client and for everyone together. The second number holds when clients invent
 * addresses, and bounds what they can make grow: 3,000 nonces a minute for five minutes are 15,000 small rows.
 */
const limits = {
  nonce: { perClient: 120, everyone: 3_000, shared: true },
  signIn: { perClient: 60, everyone: 1_500, shared: true },
  // A request to the gateway whose signature is not its key's own: a contract is asked, and what that does is its author's.
  contractSignature: { perClient: 120, everyone: 3_000, shared: false },
  // A payment that is known already: who asks again, and who guesses what was asked for with one that they read on the chain.
  knownPayment: { perClient: 60, everyone: 3_000, shared: false },
  faucet: { perClient: 30, everyone: 300, shared: true },
  // Each may ask a provider for its keys; counted in each process.
  endpointHook: { perClient: 1_200, everyone: 12_000, shared: false },
  // Open to everyone. Questions are cheap; opening a file takes a core for a while, by its pixels (openingPoints): each process guards its own.
  verify: { perClient: 300, everyone: 6_000, shared: false },
  verifyFile: { perClient: 60, everyone: 600, shared: false },
  // A page shows a dozen; each is read and hashed.
  ipfs: { perClient: 600, everyone: 12_000, shared: false },
  // Many and cheap: counted in each process, so that reading the chain does not write to the database.
  rpc: { perClient: 3_000, everyone: 30_000, shared: false },
} as const;
export type LimitName = keyof typeof limits;

/** Counts one call (or `points` of them) of this client. Throws `rate_limited` with details.retryAfterMs when there were too many. */
export async function takeOne(name: LimitName, client: string, points = 1): Promise<void> {
  const { perClient, everyone, shared } = limits[name];
  await consume(limiter(`${name}:client`, perClient, shared), client, points);
  await consume(limiter(`${name}:all`, everyone, shared), 'all', points);
}

/**
 * What a client is counted under: the last address of x-forwarded-for. That is the one our own proxy (or, without one, Next itself)
 * saw; anything before it is the client's word. Served without a proxy a client can send its own header: `everyone` is for that.
 */
export function clientOf(headers: Headers): string {
  return headers.get('x-forwarded-for')?.split(',').at(-1)?.trim().slice(0, 64) || 'unknown';
}
