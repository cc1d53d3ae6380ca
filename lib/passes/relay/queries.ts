import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { describeError, isErrorCode } from '@/lib/errors';
import type { TierPurchaseDto } from '../page-schema';
import { findSent } from '../pass-page';
import type { PassRelayDto } from './schema';
import { PURCHASE_PURPOSE } from './settle-purchase';

const STEPS = { queued: 'waiting', sent: 'sent', mined: 'seen', safe: 'safe', reverted: 'failed', refused: 'failed' } as const;

type Row = {
  id: string;
  tier_id: number;
  receiver: string;
  state: string;
  error: string | null;
  price: string;
  sending: keyof typeof STEPS;
  tx_hash: string | null;
};
const PURCHASES = `
  SELECT p.id, p.tier_id, p.receiver, p.state, p.error, p.price_millicredits AS price, t.state AS sending, t.tx_hash
    FROM pass_purchase p JOIN chain_transaction t ON t.purpose = '${PURCHASE_PURPOSE}' AND t.ref = p.id`;

/** What went well is seen on the pass itself. */
const SHOWN = `(p.state = 'open' OR (p.state = 'released' AND p.ended_at > now() - interval '1 day'))`;

/** What the house sends about a pass for the actor's credits, by the id of its quote. Null for none of theirs. */
export async function getPassRelay(db: Database, actor: Actor, id: string): Promise<PassRelayDto | null> {
  const { rows } = await db.pool.query<Row>(`${PURCHASES} WHERE p.id = $1 AND p.user_id = $2`, [id, actor.userId]);
  return rows[0] ? toDto(db, actor, rows[0]) : null;
}

/** Of each tier the actor's newest purchase with credits, where it is under way, or failed within the last day. */
export async function listPurchases(
  db: Database,
  actor: Actor,
  { chainId, creatorId }: { chainId: number; creatorId: string },
): Promise<TierPurchaseDto[]> {
  const { rows } = await db.pool.query<Row>(
    `${PURCHASES} JOIN (
       SELECT DISTINCT ON (p.collection, p.tier_id) p.id
         FROM pass_purchase p JOIN pass_collection c ON (c.chain_id, c.address) = (p.chain_id, p.collection)
        WHERE p.user_id = $1 AND c.chain_id = $2 AND c.creator_id = $3 ORDER BY p.collection, p.tier_id, p.created_at DESC) n ON n.id = p.id
      WHERE ${SHOWN}`,
    [actor.userId, chainId, creatorId],
  );
  return Promise.all(rows.map(async (row) => ({ tierId: row.tier_id, ...(await toDto(db, actor, row)) })));
}

async function toDto(db: Database, { address }: Actor, { id, receiver, state, error, price, sending, tx_hash }: Row): Promise<PassRelayDto> {
  return {
    id,
    step: STEPS[sending],
    priceMillicredits: price,
    txHash: tx_hash,
    isGift: receiver !== address.toLowerCase(),
    path: tx_hash && (await findSent(db, tx_hash.toLowerCase())).path,
    problem: state === 'released' ? sentence(error) : null,
  };
}

/** Codes have a sentence of their own; what a chain says is not for reading. */
const sentence = (error: string | null) => (isErrorCode(error) ? describeError(error).message : 'The chain did not take it.');
