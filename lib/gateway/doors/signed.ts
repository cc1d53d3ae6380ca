import type { PublicClient } from 'viem';
import type { Actor } from '@/lib/actor';
import { takeOne } from '@/lib/auth/rate-limit';
import { isSignedByContract, isSignedByKey } from '@/lib/auth/verify-signature';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { readWalletSignature, type WalletSignature, type WalletSignatureProblem } from '@/lib/protocol/wallet-request';
import { addressName, judge } from '../limits';
import type { Counted, Knock } from './door';

/** The server's own origin and chain: what the request says of either is the caller's word. */
export type SignedDoor = { client: PublicClient; origin: string; chainId: number; nowMs?: number };
export type SignedCaller = Pick<Actor, 'userId' | 'address'>;
export type SignedRequestProblem = WalletSignatureProblem | 'bad_signature' | 'nonce_reused' | 'nonces_lost';

/**
 * A request signed by a wallet (ERC-8128) → who sent it; at the first use a user is made of the wallet, as sign-in does. The nonce is spent
 * last, so that nobody else's failed attempt can spend it, and with the same query the call is counted. For a key's own signature that is one
 * round trip to the database and none to the chain. Throws `signature_refused` (details.problem says which check), `rate_limited` or
 * `chain_unavailable`.
 */
export async function openSignedRequest(
  db: Database,
  { request, body, address: from }: Knock,
  { client, origin, chainId, nowMs = Date.now() }: SignedDoor,
): Promise<{ caller: SignedCaller; counted: Counted[] }> {
  const read = readWalletSignature(request, body, { origin, chainId, nowMs });
  if ('problem' in read) throw refused(read.problem, read.problem === 'unsupported_chain' ? { chainId } : {});
  const message = { raw: read.base };
  if (!isSignedByKey(read.address, message, read.signature)) {
    await takeOne('contractSignature', from);
    if (!(await isSignedByContract(client, read.address, message, read.signature))) throw refused('bad_signature');
  }
  const { userId, counted } = await spendRequestNonce(db, read, from, nowMs);
  return { caller: { userId, address: read.address }, counted };
}

type Row = { user_id: string | null; problem: SignedRequestProblem | null; counted: Counted[] };

/** Spends the nonce for exactly one caller. Returns the wallet's user. */
async function spendRequestNonce(
  { pool }: Database,
  read: WalletSignature,
  from: string,
  nowMs: number,
): Promise<{ userId: string; counted: Counted[] }> {
  const { rows } = await pool.query<Row>({
    name: 'signed_request_open',
    text: 'SELECT * FROM signed_request_open($1, $2, to_timestamp($3), to_timestamp($4), $5, $6)',
    values: [read.address, read.nonce, read.createdSeconds, read.forgetNonceAtSeconds, newId(nowMs), [addressName(from)]],
  });
  const [opened] = rows;
  if (!opened) throw new AppError('internal', { cause: new Error('signed_request_open gave no row') });
  // Somebody who sends again and again what was signed once has a limit, too: that of their address.
  if (opened.user_id === null) judge([], opened.counted);
  if (opened.user_id === null) throw refused(opened.problem ?? 'nonce_reused');
  return { userId: opened.user_id, counted: opened.counted };
}

const refused = (problem: SignedRequestProblem, more: object = {}) => new AppError('signature_refused', { details: { problem, ...more } });
