import type { PoolClient } from 'pg';
import { type AccountKind, ASSET, openAccount } from '@/lib/credits/accounts';
import { AppError } from '@/lib/errors';
import { accountNames, gweiKinds, runKinds } from './account-names';
import type { AccountInput } from './schema';

/** How long runs can be had that a correction gives. */
const RUNS_FOR_MS = 30 * 86_400_000;

export type FoundAccount = { id: bigint; asset: number; kind: AccountKind; owner: string; purse: string | null };

type Named = Exclude<AccountInput, { id: string }>;

/**
 * The account that an operator names. One with a purchase, deposit or day has to be there already: a typing error must not open another.
 * A collector's lot without one is a new lot, which the correction names.
 */
export async function findAccount(tx: PoolClient, wanted: AccountInput, ref: string): Promise<FoundAccount> {
  const id = 'id' in wanted ? wanted.id : await idOf(tx, wanted, ref);
  const { rows } = await tx.query<Omit<FoundAccount, 'id'>>('SELECT asset, kind, owner, purse_id AS purse FROM ledger.account WHERE id = $1', [id]);
  const found = rows[0];
  if (!found || !(found.kind in accountNames)) throw invalid(`There is no account ${id} that a correction may touch.`);
  return { id: BigInt(id), ...found };
}

async function idOf(tx: PoolClient, { kind, owner, sub }: Named, ref: string): Promise<string> {
  const asset = runKinds.includes(kind) ? ASSET.runs : gweiKinds.includes(kind) ? ASSET.gwei : ASSET.credits;
  const holder = await holderOf(tx, kind, owner);
  if (sub) {
    const { rows } = await tx.query<{ id: string }>('SELECT id FROM ledger.account WHERE asset = $1 AND kind = $2 AND owner = $3 AND sub = $4', [
      asset,
      kind,
      holder,
      sub,
    ]);
    if (!rows[0]) throw invalid(`There is no account “${accountNames[kind]}” of ${owner} for ${sub}.`);
    return rows[0].id;
  }
  if (kind === 'creator_pending' || kind === 'dispute_reserve') throw invalid(`Say which “${accountNames[kind]}” is meant.`);
  // Beside the periods of its pass, as a run that came back too late for its own (lib/passes).
  if (kind === 'pass_runs')
    return `${await openAccount(tx, kind, holder, { sub: `back ${ref}`, asset, expiresAt: new Date(Date.now() + RUNS_FOR_MS) })}`;
  const isLot = kind === 'collector_purchased' || kind === 'collector_onchain' || kind === 'collector_bonus';
  return `${await openAccount(tx, kind, holder, { sub: isLot ? ref : '', asset })}`;
}

/** 'house', the pass, or the id of the person whose id or address this is. */
async function holderOf(tx: PoolClient, kind: Named['kind'], owner: string): Promise<string> {
  const isOfHouse = accountNames[kind].startsWith('House');
  if (isOfHouse !== (owner === 'house'))
    throw invalid(`“${accountNames[kind]}” is ${isOfHouse ? 'of the house' : kind === 'pass_runs' ? 'of a pass' : 'of a person'}.`);
  if (isOfHouse) return owner;
  if (kind === 'pass_runs') {
    const { rowCount } = await tx.query('SELECT 1 FROM pass_token WHERE id = $1', [owner]);
    if (!rowCount) throw invalid(`There is no pass ${owner}.`);
    return owner;
  }
  const { rows } = await tx.query<{ id: string }>('SELECT id FROM "user" WHERE id::text = $1 OR address = $1', [owner]);
  if (!rows[0]) throw invalid(`Nobody here is ${owner}.`);
  return rows[0].id;
}

export const invalid = (message: string) => new AppError('invalid_input', { message });
