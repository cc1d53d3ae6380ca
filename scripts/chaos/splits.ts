import type { Split } from '@/lib/credits/capture-hold';
import type { Books, Receiver } from './books';
import type { Random } from './random';

/**
 * Shares of a random part of a hold: creator, sometimes the parent model's creator, the platform's fee. Who gets them may coincide: a
 * creator who built on a model of their own, the platform as a creator, a share paid in two lines.
 */
export function randomSplits(books: Books, random: Random, amount: bigint): { splits: Split[]; receivers: string[] } {
  const { creators, platform } = books;
  const total = random.oneIn(3) ? BigInt(random.between(1, Number(amount))) : amount;
  const creator = random.oneIn(8) ? platform : random.pick(creators.slice(0, random.oneIn(2) ? 1 : undefined));
  const parent = random.oneIn(4) ? (random.oneIn(2) ? creator : random.pick(creators)) : undefined;
  const fee = total / 10n;
  const derivative = parent ? (total * BigInt(random.between(0, 20))) / 100n : 0n;
  const shares: [Receiver, bigint, Split['code']][] = [
    [creator, total - fee - derivative, 'run_creator'],
    [platform, fee, 'run_fee'],
  ];
  if (parent) shares.push([parent, derivative, 'run_parent']);
  const splits = shares.map(([{ pending, available }, amountMillicredits, code]) => ({ pending, available, amountMillicredits, code }));
  return { splits, receivers: shares.map(([{ name }]) => name) };
}
