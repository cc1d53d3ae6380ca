import 'server-only';
import type { PoolClient } from 'pg';
import type { Hex } from 'viem';
import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { withoutUrl } from '@/lib/chain/chain-error';
import { publicClient } from '@/lib/chain/client';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { TERMS_OF_TIER } from './access-facts';
import { assertOwnModels, ownCollection } from './own';
import { type setTermsInput, type Terms, termsInput } from './tier-schema';
import { worseTerms } from './worse-terms';
import { writeTerms } from './write-terms';

/**
 * Changes what a tier includes. It may become less only while nobody has bought one and nobody can: unsold and closed, as the chain says it
 * now. Throws `not_found`, `worse_terms` (details.fields), `chain_unavailable`.
 */
export async function setTerms(db: Database, actor: Actor, { tierId, terms }: z.output<typeof setTermsInput>): Promise<void> {
  await assertOwnModels(db, actor, terms.models);
  const { chainId, address: collection } = await ownCollection(db, actor);
  const where = { chainId_collection_tierId: { chainId, collection, tierId } };
  const tier = await db.prisma.passTier.findUnique({ where });
  if (!tier) throw new AppError('not_found');
  const isFree = tier.issued === 0 && (await isUnsoldAndClosed(collection as Hex, tierId));
  await inTransaction(db.pool, async (tx) => {
    const sold = await termsToBeat(tx, [chainId, collection, tierId]);
    const worse = worseTerms(sold, terms);
    if (worse.length > 0 && !isFree) {
      const message =
        tier.issued === 0 ? 'Passes of this tier can be bought, so what it includes can only become more. Close its sale first.' : undefined;
      throw new AppError('worse_terms', { message, details: { fields: Object.fromEntries(worse.map((field) => [field, 'is less'])) } });
    }
    await writeTerms(tx, { chainId, collection, tierId, label: tier.label }, terms);
  });
}

/** What counts for the tier now. Locked by the tier: of two changes at once, the second compares with what the first wrote. */
async function termsToBeat(tx: PoolClient, tier: [chainId: number, collection: string, tierId: number]): Promise<Terms> {
  await tx.query('SELECT 1 FROM pass_tier WHERE chain_id = $1 AND collection = $2 AND tier_id = $3 FOR UPDATE', tier);
  const { rows } = await tx.query<Terms>(
    `SELECT s.included_runs AS "includedRuns", s.period_seconds AS "periodSeconds", s.rate_per_minute AS "ratePerMinute",
            s.early_access AS "earlyAccess", s.models::text[] AS models
       FROM pass_tier i JOIN ${TERMS_OF_TIER} WHERE i.chain_id = $1 AND i.collection = $2 AND i.tier_id = $3`,
    tier,
  );
  return rows[0] ?? termsInput.parse({});
}

/** Before the first sale the chain is asked: the index could be a purchase behind. */
async function isUnsoldAndClosed(address: Hex, tierId: number): Promise<boolean> {
  try {
    const tier = await publicClient().readContract({ address, abi: passCollectionAbi, functionName: 'tierOf', args: [BigInt(tierId)] });
    return tier.issued === 0 && !tier.open;
  } catch (error) {
    throw new AppError('chain_unavailable', { cause: withoutUrl(error) });
  }
}
