import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { discountsSchema } from './discounts';
import { type LoadedVersion, loadVersion } from './load-version';
import type { PriceTerms } from './price-order';

export type Offer = LoadedVersion & {
  deploymentId: string;
  price: PriceTerms & { mintPriceWei: bigint };
  /** Not published: its creator tries it, for nothing and never to be minted. */
  isDraft: boolean;
  /** There is a rule of who may run it (lib/passes). */
  isRuled: boolean;
};

type Row = {
  published_at: Date | null;
  status: 'draft' | 'published' | 'paused' | 'retired';
  is_ruled: boolean;
  deployment: string | null;
  price: string | null;
  base_millicredits: string;
  per_image_millicredits: string;
  per_megapixel_millicredits: string;
  per_step_millicredits: string;
  trial_runs: number;
  discounts: unknown;
  mint_price_wei: string;
};

/** A version that takes this person's runs now, with the deployment and the price in force. Throws `model_paused` or `model_unavailable` where it does not. */
export async function loadOffer(db: Database, actor: Actor, digest: string): Promise<Offer> {
  const version = await loadVersion(db, digest);
  const { rows } = await db.pool.query<Row>({
    name: 'load_offer',
    text: `SELECT v.published_at, m.status, d.id AS deployment, p.id AS price, p.*, EXISTS (SELECT 1 FROM access_rule r WHERE r.model_id = m.id) AS is_ruled
             FROM model_version v JOIN model m ON m.id = v.model_id
             LEFT JOIN LATERAL (
               SELECT id FROM deployment WHERE version_digest = v.digest AND active_from <= now() AND (active_to IS NULL OR active_to > now())
                  AND (open_until IS NULL OR open_until <= now()) ORDER BY priority, active_from DESC LIMIT 1) d ON true
             LEFT JOIN LATERAL (SELECT * FROM price WHERE version_digest = v.digest AND active_from <= now() ORDER BY active_from DESC LIMIT 1) p ON true
            WHERE v.digest = $1`,
    values: [digest],
  });
  const [row] = rows;
  const isDraft = !row?.published_at && version.creatorId === actor.userId && row?.status !== 'retired';
  const isOpen = row?.status === 'published' && row.published_at !== null;
  if (row?.status === 'paused' && row.published_at) throw new AppError('model_paused');
  if (!(isOpen || isDraft) || !row?.deployment || !row.price) throw new AppError('model_unavailable');
  return { ...version, deploymentId: row.deployment, price: priceOf(row), isDraft, isRuled: row.is_ruled };
}

const priceOf = (row: Row): Offer['price'] => ({
  baseMillicredits: BigInt(row.base_millicredits),
  perImageMillicredits: BigInt(row.per_image_millicredits),
  perMegapixelMillicredits: BigInt(row.per_megapixel_millicredits),
  perStepMillicredits: BigInt(row.per_step_millicredits),
  trialRuns: row.trial_runs,
  discounts: discountsSchema.parse(row.discounts),
  mintPriceWei: BigInt(row.mint_price_wei),
});
