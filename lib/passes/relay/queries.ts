import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { describeError, isErrorCode } from '@/lib/errors';
import type { PassRenewalDto, TierPurchaseDto } from '../page-schema';
import { findSent } from '../pass-page';
import type { PassRelayDto } from './schema';
import { PURCHASE_PURPOSE } from './settle-purchase';
import { RENEWAL_PURPOSE } from './settle-renewal';

const STEPS = { queued: 'waiting', sent: 'sent', mined: 'seen', safe: 'safe', reverted: 'failed', refused: 'failed' } as const;

type Row = {
  id: string;
  tier_id: number;
  pass_id: string;
  whose: string;
  state: string;
  error: string | null;
  price: string;
  sending: keyof typeof STEPS;
  tx_hash: string | null;
};
/** Purchases have a tier, renewals a pass. */
const RELAYS = `
  SELECT p.id, p.user_id, p.tier_id, NULL AS pass_id, p.receiver AS whose, p.state, p.error, p.price_millicredits AS price, p.ended_at, t.state AS sending, t.tx_hash
    FROM pass_purchase p JOIN chain_transaction t ON t.purpose = '${PURCHASE_PURPOSE}' AND t.ref = p.id
   UNION ALL
  SELECT r.id, r.user_id, NULL, r.pass_id, r.holder, r.state, r.error, r.price_millicredits, r.ended_at, t.state, t.tx_hash
    FROM pass_renewal r JOIN chain_transaction t ON t.purpose = '${RENEWAL_PURPOSE}' AND t.ref = r.id`;
/** What went well is seen on the pass itself. */
const SHOWN = `(r.state = 'open' OR (r.state = 'released' AND r.ended_at > now() - interval '1 day'))`;

/** What the house sends about a pass for the actor's credits, by the id of its quote. Null for none of theirs. */
export async function getPassRelay(db: Database, actor: Actor, id: string): Promise<PassRelayDto | null> {
  const { rows } = await db.pool.query<Row>(`SELECT * FROM (${RELAYS}) r WHERE r.id = $1 AND r.user_id = $2`, [id, actor.userId]);
  return rows[0] ? toDto(db, actor, rows[0]) : null;
}

type Creator = { chainId: number; creatorId: string };

/** Of each tier of a creator the actor's newest purchase with credits, where it is under way, or failed within the last day. */
export async function listPurchases(db: Database, actor: Actor, { chainId, creatorId }: Creator): Promise<TierPurchaseDto[]> {
  const newest = `SELECT DISTINCT ON (p.collection, p.tier_id) p.id
      FROM pass_purchase p JOIN pass_collection c ON (c.chain_id, c.address) = (p.chain_id, p.collection)
     WHERE p.user_id = $1 AND c.chain_id = $2 AND c.creator_id = $3 ORDER BY p.collection, p.tier_id, p.created_at DESC`;
  const { rows } = await db.pool.query<Row>(`SELECT r.* FROM (${RELAYS}) r JOIN (${newest}) n ON n.id = r.id WHERE r.user_id = $1 AND ${SHOWN}`, [
    ...[actor.userId, chainId, creatorId],
  ]);
  return Promise.all(rows.map(async (row) => ({ tierId: row.tier_id, ...(await toDto(db, actor, row)) })));
}

/** The same of renewals, of each pass. */
export async function listRenewals(db: Database, actor: Actor): Promise<PassRenewalDto[]> {
  const newest = `SELECT DISTINCT ON (p.pass_id) p.id FROM pass_renewal p WHERE p.user_id = $1 ORDER BY p.pass_id, p.created_at DESC`;
  const { rows } = await db.pool.query<Row>(`SELECT r.* FROM (${RELAYS}) r JOIN (${newest}) n ON n.id = r.id WHERE r.user_id = $1 AND ${SHOWN}`, [
    actor.userId,
  ]);
  return Promise.all(rows.map(async (row) => ({ passId: row.pass_id, ...(await toDto(db, actor, row)) })));
}

async function toDto(db: Database, { address }: Actor, { id, whose, state, error, price, sending, tx_hash }: Row): Promise<PassRelayDto> {
  return {
    id,
    step: STEPS[sending],
    priceMillicredits: price,
    txHash: tx_hash,
    isGift: whose !== address.toLowerCase(),
    path: tx_hash && (await findSent(db, tx_hash.toLowerCase())).path,
    problem: state === 'released' ? sentence(error) : null,
  };
}

/** Codes have a sentence of their own; what a chain says is not for reading. */
const sentence = (error: string | null) => (isErrorCode(error) ? describeError(error).message : 'The chain did not take it.');
