import type { Hex } from 'viem';
import {
  dropFactoryCreationCode,
  passFactoryCreationCode,
  payoutSplitFactoryCreationCode,
  tillCreationCode,
  workCollectionFactoryCreationCode,
} from './creation-code.generated';

/** Whose the contracts are: part of their addresses. */
export type Platform = {
  /** Owner of factories and till: rotates the voucher key, takes the till's money. */
  platformOwner: Hex;
  /** The voucher key to start with; rotated later by `setPlatformSigner` of each factory. */
  platformSigner: Hex;
};

export type Deployable = {
  kind: string;
  /** Name of the contract, and of its file in contracts/src. */
  contract: string;
  creationCode: string;
  /** The constructor's arguments, all of them addresses. `at` gives the address of a contract that stands earlier in the list. */
  args(platform: Platform, at: (kind: Kind) => Hex): Hex[];
  /** The constructor's first `new` is what the factory's clones delegate to. */
  makesClones?: true;
};

/** What we deploy, in this order. */
const list = [
  {
    kind: 'work',
    contract: 'WorkCollectionFactory',
    creationCode: workCollectionFactoryCreationCode,
    args: ({ platformOwner, platformSigner }: Platform) => [platformOwner, platformSigner],
    makesClones: true,
  },
  {
    kind: 'drop',
    contract: 'DropFactory',
    creationCode: dropFactoryCreationCode,
    args: (_: Platform, at: (kind: 'work') => Hex) => [at('work')],
    makesClones: true,
  },
  {
    kind: 'pass',
    contract: 'PassFactory',
    creationCode: passFactoryCreationCode,
    args: ({ platformOwner, platformSigner }: Platform) => [platformOwner, platformSigner],
    makesClones: true,
  },
  { kind: 'split', contract: 'PayoutSplitFactory', creationCode: payoutSplitFactoryCreationCode, args: () => [], makesClones: true },
  { kind: 'till', contract: 'Till', creationCode: tillCreationCode, args: ({ platformOwner }: Platform) => [platformOwner] },
] as const;

export type Kind = (typeof list)[number]['kind'];
export const deployables: readonly Deployable[] = list;
