import { openC2pa } from '@/lib/credentials/c2pa';
import { readCredentials } from '@/lib/credentials/read-credentials';
import { signCredentials } from '@/lib/credentials/sign-credentials';
import { manifestOf, testKey } from '@/lib/credentials/testing/fixtures';
import { checkWork } from '../check-work';
import type { Check } from '../schema';
import type { TestHouse } from './house';
import { makeTestWork, mintTestWork, type Seal, type TestWork, type Wanted } from './make-work';
import { type Random, seededRandom } from './random';

/** Sealing with Content Credentials by a root made for this, and the reader that trusts it. */
export async function testCredentials() {
  const { key, rootPem } = await testKey();
  const { WasmReader } = await openC2pa();
  const seal: Seal = (png, { record }) => signCredentials(png, manifestOf({ record, title: record.label ?? 'Untitled' }), key);
  return { seal, read: (file: Uint8Array) => readCredentials(WasmReader, file, { trustAnchorsPem: rootPem }) };
}

type Case = { wanted: Wanted; sealed: boolean; minted: boolean; opened: boolean };

const SIDES = [4, 8, 33, 64] as const;
/** Its file is above 1 MiB, so that its CID is that of a tree of blocks. */
const LARGE_SIDE = 850;

function caseOf(random: Random, parents: TestWork[]): Case {
  const parent = random.below(4) === 0 && parents.length > 0 ? random.pick(parents).digest : undefined;
  const titled = random.below(5) > 0;
  const wanted: Wanted = {
    ...{
      kind: random.pick(['image', 'image', 'text']),
      titled,
      evolve: random.pick(['frozen', 'frozen', 'evolves']),
      side: random.below(40) === 0 ? LARGE_SIDE : random.pick(SIDES),
    },
    ...{ alpha: random.below(3) === 0, parent },
  };
  return { wanted, sealed: random.below(2) === 0, minted: titled && random.below(2) === 0, opened: random.below(3) === 0 };
}

const nameOf = ({ wanted, sealed, minted }: Case) =>
  [
    wanted.side === LARGE_SIDE ? 'large' : 'small',
    wanted.kind,
    wanted.titled ? wanted.evolve : 'untitled',
    sealed ? 'sealed' : 'bare',
    minted ? 'minted' : 'unminted',
  ].join(' ');

/** What an untouched work must not raise: a failed row, a verdict that is not `verified`, a minted token that is not seen. */
function alarmOf({ verdict, summary, rows }: Check, { minted, sealed, opened }: Case): string | null {
  const holds = (id: string) => rows.some((row) => row.id === id && row.result === 'ok');
  if (verdict !== 'verified') return summary;
  if (minted !== (holds('minted') && holds('owner'))) return 'the mint was not seen';
  if (sealed !== holds('credentials')) return 'the credentials were not seen';
  return opened === holds('prompt') ? null : 'the opening was not seen';
}

/** Makes works of every kind on the test chain and checks each as a stranger would, by file and node. */
export async function checkManyWorks(house: TestHouse, { count, seed }: { count: number; seed: number }) {
  const random = seededRandom(seed);
  const { seal, read } = await testCredentials();
  const [works, alarms, kinds]: [TestWork[], string[], Record<string, number>] = [[], [], {}];
  for (let i = 0; i < count; i++) {
    const drawn = caseOf(random, works);
    const work = await makeTestWork(house, random, drawn.wanted, drawn.sealed ? seal : undefined);
    if (drawn.minted) await mintTestWork(house, work);
    const related = works.filter(({ digest }) => digest === drawn.wanted.parent).map(({ file }) => file);
    const opening = drawn.opened ? work.opening : undefined;
    const check = await checkWork({ file: work.file, chain: house.reader, trust: house.trust, credentials: read, opening, related });
    const alarm = alarmOf(check, drawn);
    if (alarm) alarms.push(`work ${i} of seed ${seed} (${nameOf(drawn)}): ${alarm}`);
    kinds[nameOf(drawn)] = (kinds[nameOf(drawn)] ?? 0) + 1;
    if (works.length < 20) works.push(work);
  }
  return { checked: count, alarms, kinds };
}
