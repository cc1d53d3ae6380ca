import 'server-only';
import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { withoutUrl } from '@/lib/chain/chain-error';
import { chainId as readChainId } from '@/lib/chain/client';
import { isOtherChain } from '@/lib/chain/other-chains';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { clientOf } from './chain-head';
import { assertOwnModels } from './own';
import type { AccessRule } from './schema';
import type { setAccessInput } from './tier-schema';

/** Says who may run a model of one's own, from the next call on. Throws `not_found`, `invalid_input` (details.fields.rule), `chain_unavailable`. */
export async function setAccess(db: Database, actor: Actor, { modelId, rule, earlyUntil }: z.output<typeof setAccessInput>): Promise<void> {
  await assertOwnModels(db, actor, [modelId]);
  const leaves = leavesOf(rule);
  await checkLeaves(db, actor, leaves);
  const lists = [...new Set(leaves.flatMap((leaf) => (leaf.kind === 'allowlist' ? [leaf.id] : [])))];
  await inTransaction(db.pool, async (tx) => {
    // Held until the rule is there: whoever deletes one of them meanwhile waits, and then sees the rule.
    const own = await tx.query('SELECT 1 FROM allowlist WHERE id = ANY ($1) AND creator_id = $2 ORDER BY id FOR SHARE', [lists, actor.userId]);
    if (own.rowCount !== lists.length) throw invalid('A list of the rule is not there, or not yours.');
    await tx.query(
      `INSERT INTO access_rule (model_id, rule, early_until, changed_at) VALUES ($1, $2, $3, now())
       ON CONFLICT (model_id) DO UPDATE SET rule = EXCLUDED.rule, early_until = EXCLUDED.early_until, changed_at = EXCLUDED.changed_at`,
      [modelId, JSON.stringify(rule), earlyUntil],
    );
  });
}

type Leaf = Exclude<AccessRule, { of: AccessRule[] }>;
const leavesOf = (rule: AccessRule): Leaf[] => ('of' in rule ? rule.of.flatMap(leavesOf) : [rule]);

async function checkLeaves(db: Database, actor: Actor, leaves: Leaf[]): Promise<void> {
  await Promise.all(leaves.map((leaf) => (leaf.kind === 'holding' ? checkContract(leaf) : null)));
  const tiers = leaves.flatMap((leaf) => (leaf.kind === 'pass' ? (leaf.tiers ?? []) : []));
  const known = await db.prisma.passTerms.findMany({ where: { passes: { creatorId: actor.userId } }, select: { tierId: true } });
  const unknown = tiers.find((tier) => !known.some(({ tierId }) => tierId === tier));
  if (unknown) throw invalid(`You have no tier ${unknown}.`);
}

async function checkContract({ chainId, contract }: Extract<Leaf, { kind: 'holding' }>): Promise<void> {
  const other = isOtherChain(chainId) ? chainId : null;
  if (other === null && chainId !== (await readChainId())) throw invalid('This server does not read that chain.');
  const client = await clientOf(other);
  const code = await client.getCode({ address: contract }).catch((cause: unknown) => {
    throw new AppError('chain_unavailable', { cause: withoutUrl(cause) });
  });
  if (!code) throw invalid(`There is no contract at ${contract}.`);
}

const invalid = (rule: string) => new AppError('invalid_input', { details: { fields: { rule } }, message: rule });
