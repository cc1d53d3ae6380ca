import { chainId, publicClient } from '@/lib/chain/client';
import { amountFinding, type Check, type Finding } from '../finding';
import { type HouseKey, readHouseKeys } from './house-keys';

/** Everything that the house's keys sent is ours: the chain counts their transactions, whoever sent them. */
export const checkKeys: Check = {
  name: 'keys',
  run: async ({ snapshot }) => {
    const [client, chain] = [publicClient(), await chainId()];
    const known = await snapshot((sql) => readHouseKeys(sql, chain));
    // The chain is read first and our rows again after it: they only grow, so what is missing in them then is missing.
    const counts = await Promise.all(known.map(({ address }) => client.getTransactionCount({ address })));
    const keys = await snapshot((sql) => readHouseKeys(sql, chain));
    const sent = counts.reduce((sum, count) => sum + count, 0);
    return {
      compared: `${sent} transactions sent with the house’s keys`,
      findings: known.flatMap(({ id }, i) => {
        const key = keys.find((one) => one.id === id);
        return key ? compare(key, counts[i] ?? 0) : [];
      }),
    };
  },
};

function compare({ address, purpose, nextNonce }: HouseKey, count: number): Finding[] {
  if (count <= nextNonce) return [];
  const explanation = `${count - nextNonce} transactions were sent with the ${purpose} key that we know nothing of. The key is in other hands: stop the workers, and move what is left at ${address}.`;
  return [amountFinding({ kind: 'foreign_transactions', subject: `${purpose} ${address}`, explanation }, 'pieces', BigInt(nextNonce), BigInt(count))];
}
