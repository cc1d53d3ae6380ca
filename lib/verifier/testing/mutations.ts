import type { CheckInput, LinkId } from '../schema';
import type { TestHouse } from './house';
import type { TestWork } from './make-work';
import { changeChain } from './mutate-chain';
import {
  addChunk,
  addColourChunk,
  changeFrame,
  changeParams,
  changeReceipt,
  changeSignature,
  exchangeManifest,
  flipAnyBit,
  flipRepairedBit,
  signAnew,
} from './mutate-file';
import { changeForm } from './mutate-form';
import type { Random } from './random';
import { exchangeParent, forgeInOwnCollection, forgeInOwnDrop, repeatInManifest } from './stranger';

/** One change of a sound check. One of `rows` has to fail, and `alsoRow` where it is given. */
export type Mutation = { name: string; rows: LinkId[]; alsoRow?: LinkId } & Partial<CheckInput>;

/** What was asked about, and what was shown beside the file. */
function changeQuestion(random: Random, house: TestHouse, { record, opening }: TestWork): Mutation {
  return random.pick<Mutation>([
    { name: 'another token number', expected: { tokenId: random.hex(32) }, rows: ['token'] },
    { name: 'another collection', expected: { collection: random.hex(20) }, rows: ['token'] },
    { name: 'another receipt', expected: { receipt: random.hex(32) }, rows: ['receipt'] },
    { name: 'another CID', expected: { image: `bafkrei${random.hex(26).slice(2)}` }, rows: ['image'] },
    { name: 'another prompt', opening: { ...opening, prompt: `${opening.prompt}.` }, rows: ['prompt'] },
    { name: 'another salt', opening: { ...opening, salt: random.hex(16) }, rows: ['prompt'] },
    { name: 'a salt too long', opening: { ...opening, salt: random.hex(17) }, rows: ['prompt'] },
    { name: 'another run', rerun: random.hex(32), rows: ['grade'] },
    {
      name: 'a second token of the same',
      ...{ findCopies: { fromBlock: 0n }, rows: ['copies'] },
      chain: { ...house.reader, logs: async () => [{ address: record.collection, topics: [], data: random.hex(32) }] },
    },
    {
      name: 'trust in other factories',
      trust: { factories: { [house.chainId]: { work: [], drop: house.trust.factories[house.chainId]?.drop ?? [] } } },
      rows: ['factory'],
    },
  ]);
}

const makers: ((random: Random, house: TestHouse, work: TestWork) => Mutation | Promise<Mutation>)[] = [
  (random, _, work) => flipAnyBit(random, work),
  (random, _, work) => flipRepairedBit(random, work),
  (random, _, work) => changeReceipt(random, work),
  (random, _, work) => changeParams(random, work),
  (random, _, work) => changeSignature(random, work),
  (random, _, work) => changeFrame(random, work),
  (random, _, work) => addChunk(random, work),
  (random, _, work) => addColourChunk(random, work),
  (_, house, work) => signAnew(house, work),
  (random, house) => changeChain(random, house),
  changeQuestion,
  (_, house, work) => exchangeManifest(house, work),
  (random, _, work) => changeForm(random, work),
  forgeInOwnCollection,
  forgeInOwnDrop,
  exchangeParent,
  repeatInManifest,
];

/** The `index`-th mutation of a seed: every kind in turn. */
export const mutationOf = (index: number, random: Random, house: TestHouse, work: TestWork) =>
  (makers[index % makers.length] as (typeof makers)[number])(random, house, work);
