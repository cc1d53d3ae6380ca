import type { PoolClient } from 'pg';
import type { Hex } from 'viem';
import { amountFinding, type Check, type Finding } from '../finding';
import { assetUnit } from './asset-unit';
import { readTill, type TillAsset, type TillEvent } from './read-till';

/** What is in each till is what was paid in less what was taken out, and what payments for single calls (x402) brought by the token alone. */
export const checkTill: Check = {
  name: 'till',
  run: async (context) => {
    const { chainId, balances, events, head } = await readTill(context);
    const paid = await context.snapshot((sql) => paidCalls(sql, chainId, head));
    const byCalls = (till: Hex, asset: TillAsset) => paid.find((sum) => sum.till === till && sum.asset === asset)?.amount ?? 0n;
    return {
      compared: `${balances.length} balances at block ${head}`,
      findings: balances.flatMap(({ till, asset, amount }) =>
        compare(chainId, { till, asset, amount }, netOf(events, till, asset) + byCalls(till, asset)),
      ),
    };
  },
};

async function paidCalls(sql: PoolClient, chainId: number, head: bigint): Promise<{ till: Hex; asset: Hex; amount: bigint }[]> {
  const { rows } = await sql.query<{ till: Hex; asset: Hex; amount: string }>(
    `SELECT p.pay_to AS till, p.asset, sum(d.amount) AS amount FROM deposit d JOIN x402_payment p ON p.id = d.x402_payment_id
      WHERE d.chain_id = $1 AND d.block_number <= $2 AND d.state <> 'reversed' GROUP BY 1, 2`,
    [chainId, head],
  );
  return rows.map(({ amount, ...sum }) => ({ ...sum, amount: BigInt(amount) }));
}

function netOf(events: TillEvent[], till: Hex, asset: TillAsset): bigint {
  const ours = events.filter((event) => event.till === till && event.asset === asset);
  return ours.reduce((sum, { kind, amount }) => (kind === 'deposit' ? sum + amount : sum - amount), 0n);
}

function compare(chainId: number, { till, asset, amount }: { till: Hex; asset: TillAsset; amount: bigint }, expected: bigint): Finding[] {
  if (amount === expected) return [];
  const [subject, unit] = [`till ${till} ${asset}`, assetUnit(chainId, asset)];
  if (amount > expected) {
    const explanation =
      'More is in the till than was paid in through it: somebody transferred it there directly, so it names no account and is no credit of anybody. Give it back with the till’s withdraw.';
    return [amountFinding({ kind: 'surplus', subject, severity: 'note', explanation }, unit, expected, amount)];
  }
  const explanation =
    'Less is in the till than its events say. The contract cannot do that: check the address on the chain, and stop selling credits until it is understood.';
  return [amountFinding({ kind: 'shortfall', subject, explanation }, unit, expected, amount)];
}
