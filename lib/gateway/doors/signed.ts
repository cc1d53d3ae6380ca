import type { PublicClient } from 'viem';
import type { Actor } from '@/lib/actor';
import { clientOf, takeOne } from '@/lib/auth/rate-limit';
import { isSignedByContract, isSignedByKey } from '@/lib/auth/verify-signature';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { readWalletSignature, type WalletSignature, type WalletSignatureProblem } from '@/lib/protocol/wallet-request';

/** The server's own origin and chain: what the request says of either is the caller's word. */
export type SignedDoor = { client: PublicClient; origin: string; chainId: number; nowMs?: number };
export type SignedCaller = Pick<Actor, 'userId' | 'address'>;
export type SignedRequestProblem = WalletSignatureProblem | 'bad_signature' | 'nonce_reused' | 'nonces_lost';

/** Whether a request comes to this door. One that does is answered here, and does not fall back to another way of saying who asks. */
export const isSignedRequest = ({ headers }: Pick<Request, 'headers'>) => headers.has('signature-input') || headers.has('signature');

/**
 * A request signed by a wallet (ERC-8128) → who sent it; at the first use a user is made of the wallet, as sign-in does. `body` is all of
 * it, as it came. The nonce is spent last, so that nobody else's failed attempt can spend it. For a key's own signature that is one round
 * trip to the database and none to the chain. Throws `signature_refused` (details.problem says which check), `rate_limited` or
 * `chain_unavailable`.
 */
export async function openSignedRequest(
  db: Database,
  request: Pick<Request, 'method' | 'url' | 'headers'>,
  body: Uint8Array,
  { client, origin, chainId, nowMs = Date.now() }: SignedDoor,
): Promise<SignedCaller> {
  const read = readWalletSignature(request, body, { origin, chainId, nowMs });
  if ('problem' in read) throw refused(read.problem);
  const message = { raw: read.base };
  if (!isSignedByKey(read.address, message, read.signature)) {
    await takeOne('contractSignature', clientOf(request.headers));
    if (!(await isSignedByContract(client, read.address, message, read.signature))) throw refused('bad_signature');
  }
  return { userId: await spendRequestNonce(db, read, nowMs), address: read.address };
}

/** Spends the nonce for exactly one caller. Returns the wallet's user. */
async function spendRequestNonce(db: Database, read: WalletSignature, nowMs: number): Promise<string> {
  const { rows } = await db.pool.query<{ user_id: string | null; problem: SignedRequestProblem | null }>({
    name: 'signed_request_open',
    text: 'SELECT user_id, problem FROM signed_request_open($1, $2, to_timestamp($3), to_timestamp($4), $5)',
    values: [read.address, read.nonce, read.createdSeconds, read.forgetNonceAtSeconds, newId(nowMs)],
  });
  const [opened] = rows;
  if (!opened?.user_id) throw refused(opened?.problem ?? 'nonce_reused');
  return opened.user_id;
}

const refused = (problem: SignedRequestProblem) => new AppError('signature_refused', { details: { problem } });

/** What a 401 of this door says in `WWW-Authenticate`, for clients of ERC-8128. */
export function signatureChallenge(error: AppError, chainId: number): string {
  return `ERC8128 error="${String(error.details?.problem)}", chains="eip155:${chainId}", account="universal"`;
}
