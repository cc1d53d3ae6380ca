import { encodeTraits } from '@/lib/protocol/traits';
import type { WorkRecord } from '@/lib/protocol/work-record';
import type { Mutation } from './mutations';
import type { Random } from './random';

type Change = Pick<Mutation, 'name' | 'rows'> & { change: Partial<WorkRecord> };

export function sealedChange(random: Random, record: WorkRecord): Change {
  const changes: Change[] = [
    { name: 'the title', change: { label: `Forged ${random.below(1e6)}` }, rows: ['token'] },
    { name: 'the traits', change: { traits: encodeTraits([{ name: 'Rare', value: `${random.below(1e6)}` }]) }, rows: ['token'] },
    { name: 'the evolve terms', change: { evolve: `0x01${random.hex(28).slice(2)}` }, rows: ['token'] },
    { name: 'the external address', change: { base: `https://forged.example/${random.below(1e6)}/` }, rows: ['token'] },
    { name: 'the collection', change: { collection: random.hex(20) }, rows: ['factory'] },
    // Nobody of that chain is asked, so only what covers every byte of the file can tell.
    { name: 'the chain', change: { chainId: 1 + random.below(1e6) }, rows: ['credentials'] },
  ];
  const letters: Change = { name: 'a letter of the text', change: { text: record.text?.replace('Line', 'Lime') }, rows: ['content'] };
  return random.pick(record.kind === 'text' ? [...changes, letters] : changes);
}
