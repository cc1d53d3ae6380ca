import 'server-only';
import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import type { AccessRule } from './schema';

/** A pass of the model's creator as the index has it, with what its tier includes. */
export type KnownPass = {
  id: string;
  tierId: number;
  tierLabel: string;
  holder: string;
  expiresAt: Date | null;
  boughtAt: Date;
  /** Null for one the index has not seen: its purchase is not deep yet. */
  blockNumber: bigint | null;
  includedRuns: number;
  periodSeconds: number;
  ratePerMinute: number | null;
  earlyAccess: boolean;
  /** Its tier opens this model. */
  opens: boolean;
  /** A refund of it was signed, so that it lets nobody in meanwhile. */
  isReturning: boolean;
};

export type AccessFacts = {
  creatorId: string;
  /** Null: everyone. */
  rule: AccessRule | null;
  earlyUntil: Date | null;
  trialRuns: number;
  /** Lists of the creator on which the address stands. */
  allowlists: string[];
  /** Those the address holds by the index; or only the one that was named, whoever holds it. */
  passes: KnownPass[];
  /** The newest blocks of the index, newest first. */
  blocks: { number: bigint; hash: Hex }[];
};

export type Question = { chainId: number; address: string; modelId: string; passId: string | null };
type Row = Omit<AccessFacts, 'passes' | 'blocks' | 'earlyUntil'> & {
  earlyUntil: Date | null;
  passes: (Omit<KnownPass, 'expiresAt' | 'boughtAt' | 'blockNumber'> & { expiresAt: string | null; boughtAt: string; blockNumber: string })[];
  blocks: { number: string; hash: Hex }[];
};

/** Everything the database knows for one decision, in one round trip: it stands in front of every call. Null where there is no such model. */
export async function accessFacts({ pool }: Pick<Database, 'pool'>, { chainId, address, modelId, passId }: Question): Promise<AccessFacts | null> {
  const { rows } = await pool.query<Row>({ name: 'access_facts', text: SQL, values: [chainId, address, modelId, passId] });
  const [row] = rows;
  if (!row) return null;
  return {
    ...row,
    passes: row.passes.map((pass) => ({
      ...pass,
      expiresAt: pass.expiresAt === null ? null : new Date(pass.expiresAt),
      boughtAt: new Date(pass.boughtAt),
      blockNumber: BigInt(pass.blockNumber),
    })),
    blocks: row.blocks.map(({ number, hash }) => ({ number: BigInt(number), hash })),
  };
}

/** A person's passes of one creator that are looked at: the best first. */
const MOST_PASSES = 20;
/** A head that was asked a second ago is among them, also on a chain with blocks of a tenth of that. */
const BLOCKS_LOOKED_AT = 16;

/** Terms count for the tier they were meant for: another one may have landed under its number (set-terms.ts). */
export const TERMS_OF_TIER =
  'pass_terms s ON s.chain_id = i.chain_id AND s.collection = i.collection AND s.tier_id = i.tier_id AND s.label = i.label';

const SQL = `
  SELECT m.creator_id AS "creatorId", r.rule, r.early_until AS "earlyUntil",
    coalesce((
      SELECT p.trial_runs FROM model_version v JOIN price p ON p.version_digest = v.digest
       WHERE v.model_id = m.id AND v.published_at IS NOT NULL AND p.active_from <= now()
       ORDER BY v.number DESC, p.active_from DESC LIMIT 1), 0) AS "trialRuns",
    ARRAY(
      SELECT a.id::text FROM allowlist a JOIN allowlist_entry e ON e.allowlist_id = a.id AND e.address = $2 WHERE a.creator_id = m.creator_id
    ) AS allowlists,
    coalesce((
      SELECT jsonb_agg(to_jsonb(one)) FROM (
        SELECT t.id, t.tier_id AS "tierId", i.label AS "tierLabel", t.holder, t.expires_at AS "expiresAt", t.bought_at AS "boughtAt",
               t.block_number::text AS "blockNumber", coalesce(s.included_runs, 0) AS "includedRuns", coalesce(s.period_seconds, 2592000) AS "periodSeconds",
               s.rate_per_minute AS "ratePerMinute", coalesce(s.early_access, false) AS "earlyAccess",
               coalesce(s.models = '{}' OR m.id = ANY (s.models), true) AS opens,
               EXISTS (SELECT 1 FROM pass_freeze f WHERE f.pass_id = t.id AND f.why = 'refund' AND (f.until IS NULL OR f.until > now())) AS "isReturning"
          FROM (
            SELECT * FROM pass_token WHERE $4::text IS NULL AND holder = $2 UNION ALL SELECT * FROM pass_token WHERE id = $4) t
          JOIN pass_collection c ON c.chain_id = t.chain_id AND c.address = t.collection
          JOIN pass_tier i ON i.chain_id = t.chain_id AND i.collection = t.collection AND i.tier_id = t.tier_id
          LEFT JOIN ${TERMS_OF_TIER}
         WHERE c.creator_id = m.creator_id AND c.chain_id = $1
         ORDER BY t.expires_at IS NULL OR t.expires_at > now() DESC, s.included_runs DESC NULLS LAST, t.expires_at DESC NULLS FIRST, t.id
         LIMIT ${MOST_PASSES}) one), '[]') AS passes,
    coalesce((
      SELECT jsonb_agg(jsonb_build_object('number', b.number::text, 'hash', b.hash) ORDER BY b.number DESC)
        FROM (SELECT number, hash FROM chain_block WHERE chain_id = $1 ORDER BY number DESC LIMIT ${BLOCKS_LOOKED_AT}) b), '[]') AS blocks
  FROM model m LEFT JOIN access_rule r ON r.model_id = m.id WHERE m.id = $3`;
