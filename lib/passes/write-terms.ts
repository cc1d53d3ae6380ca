import type { PoolClient } from 'pg';
import type { Terms } from './tier-schema';

export type TierName = { chainId: number; collection: string; tierId: number; label: string };

/** Keeps what a tier includes. Whether it may become this is for the caller to say. */
export async function writeTerms(tx: PoolClient, { chainId, collection, tierId, label }: TierName, terms: Terms): Promise<void> {
  const { includedRuns, periodSeconds, ratePerMinute, earlyAccess, models } = terms;
  await tx.query(
    `INSERT INTO pass_terms (chain_id, collection, tier_id, label, included_runs, period_seconds, rate_per_minute, early_access, models, changed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now())
     ON CONFLICT (chain_id, collection, tier_id) DO UPDATE SET label = EXCLUDED.label, included_runs = EXCLUDED.included_runs,
       period_seconds = EXCLUDED.period_seconds, rate_per_minute = EXCLUDED.rate_per_minute, early_access = EXCLUDED.early_access,
       models = EXCLUDED.models, changed_at = EXCLUDED.changed_at`,
    [chainId, collection, tierId, label, includedRuns, periodSeconds, ratePerMinute, earlyAccess, models],
  );
}
