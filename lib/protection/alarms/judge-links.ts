import type { SweepEvidence } from './judge-sweep';

/** What two wallets have in common, as counts. */
export type Link = { userId: string; payers: number; addresses: number; prompts: number };
export type LinkedEvidence = {
  wallets: number;
  /** The strongest of each kind. */
  payers: number;
  addresses: number;
  prompts: number;
  runs: number;
  fromMs: number;
  toMs: number;
  /** What the runs of all of them together are, where they are a sweep. */
  jointly: SweepEvidence['shape'] | null;
};

/** Prompts that two people have in common by chance are few; so many within hours are not. */
const PROMPTS = { some: 10, many: 20 };

/** One of these alone says little: friends give each other passes, offices share an address, galleries show prompts. Two of them do not come together by chance as often. */
export function isLinked({ payers, addresses, prompts }: Link): boolean {
  const weight = Math.min(1, payers) + Math.min(1, addresses) + (prompts >= PROMPTS.many ? 2 : prompts >= PROMPTS.some ? 1 : 0);
  return weight >= 2;
}
