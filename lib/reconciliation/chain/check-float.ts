import type { PoolClient } from 'pg';
import type { Hex, PublicClient } from 'viem';
import { chainId, publicClient } from '@/lib/chain/client';
import { amountFinding, type Check, type CheckContext, type Finding } from '../finding';

const WEI_PER_GWEI = 10n ** 9n;
const READINGS_TRIED = 5;
/** ETH that is given to the relayer is taken into the books with the next look at the confirmed depth. */
const BOOKING_MINUTES = 15;

/** What the books say the relayer has, and what its transactions that are not settled have cost or may cost. */
type Booked = { gwei: bigint; mined: number; minedGwei: bigint; sent: number };

/** The relayer's ETH in the books against what its addresses have. */
export const checkFloat: Check = {
  name: 'float',
  run: async (context) => {
    const chain = await chainId();
    const addresses = await context.snapshot(relayers);
    if (addresses.length === 0) return { off: 'There is no relayer yet: its key is made with the first mint that is paid in credits.' };
    const { haveGwei, booked } = await read(context, chain, addresses);
    return { compared: `${haveGwei} gwei at ${addresses.length} addresses`, findings: compare(haveGwei, booked) };
  },
};

async function relayers(sql: PoolClient): Promise<Hex[]> {
  const { rows } = await sql.query<{ address: Hex }>(`SELECT address FROM sealed_key WHERE purpose = 'relayer' ORDER BY id`);
  return rows.map(({ address }) => address);
}

/** Both sides at one moment: the chain did not move while the books were read. */
async function read({ snapshot }: CheckContext, chain: number, addresses: Hex[]): Promise<{ haveGwei: bigint; booked: Booked }> {
  const client = publicClient();
  for (let tried = 0; tried < READINGS_TRIED; tried++) {
    const before = await balanceGwei(client, addresses);
    const booked = await snapshot((sql) => readBooked(sql, chain));
    if ((await balanceGwei(client, addresses)) === before) return { haveGwei: before, booked };
  }
  throw new Error('the relayer sends without a pause: its balance changed each time it was read');
}

async function balanceGwei(client: PublicClient, addresses: Hex[]): Promise<bigint> {
  const balances = await Promise.all(addresses.map((address) => client.getBalance({ address })));
  return balances.reduce((sum, wei) => sum + wei / WEI_PER_GWEI, 0n);
}

async function readBooked(sql: PoolClient, chain: number): Promise<Booked> {
  const { rows } = await sql.query<{ gwei: string; mined: number; mined_gwei: string; sent: number }>(
    `SELECT coalesce((SELECT credits_posted - debits_posted FROM ledger.account WHERE asset = 2 AND kind = 'relayer_float' AND owner = 'house' AND sub = ''), 0) AS gwei,
            count(*) FILTER (WHERE t.state = 'mined')::int AS mined, coalesce(sum(ceil(t.cost_wei / 1e9)) FILTER (WHERE t.state = 'mined'), 0) AS mined_gwei,
            count(*) FILTER (WHERE t.state = 'sent')::int AS sent
       FROM chain_transaction t JOIN sealed_key k ON k.id = t.key_id AND k.purpose = 'relayer' WHERE t.chain_id = $1`,
    [chain],
  );
  const [row] = rows;
  return { gwei: BigInt(row?.gwei ?? 0), mined: row?.mined ?? 0, minedGwei: BigInt(row?.mined_gwei ?? 0), sent: row?.sent ?? 0 };
}

function compare(haveGwei: bigint, { gwei, mined, minedGwei, sent }: Booked): Finding[] {
  const expected = gwei - minedGwei;
  const surplus = haveGwei - expected;
  // Each cost is rounded up in the books, so that what is not settled may leave up to a gwei each.
  if (surplus >= 0n && surplus <= BigInt(mined)) return [];
  const subject = 'relayer';
  if (sent > 0) {
    const explanation = `${sent} of its transactions are on their way, and what the chain has taken for them is not known here yet.`;
    return [
      amountFinding({ kind: 'on_its_way', subject, severity: 'in_flight', graceMinutes: BOOKING_MINUTES, explanation }, 'gwei', expected, haveGwei),
    ];
  }
  if (surplus > 0n) {
    const explanation = 'It was given ETH, which is taken into the books at the confirmed depth.';
    return [amountFinding({ kind: 'given', subject, severity: 'in_flight', graceMinutes: BOOKING_MINUTES, explanation }, 'gwei', expected, haveGwei)];
  }
  const explanation = 'It has less ETH than the books say: it left by another way than our transactions. See whether the key is in other hands.';
  return [amountFinding({ kind: 'missing', subject, explanation }, 'gwei', expected, haveGwei)];
}
