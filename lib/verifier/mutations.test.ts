import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileCid } from '@/lib/protocol/file-cid';
import { checkWork } from './check-work';
import type { CheckInput } from './schema';
import { testCredentials } from './testing/check-many';
import { openTestHouse, type TestHouse } from './testing/house';
import { makeTestWork, mintTestWork, type TestWork, type Wanted } from './testing/make-work';
import { mutationOf } from './testing/mutations';
import { seededRandom } from './testing/random';
import { tokenOfFile } from './token-of-file';

const SEED = 7_007;
const COUNT = 240;
const WANTED: Wanted[] = [{ side: 12 }, { kind: 'text' }, { evolve: 'evolves', alpha: true }];
const random = seededRandom(SEED);
let house: TestHouse;
let credentials: CheckInput['credentials'];
const works: { work: TestWork; tokenId: `0x${string}` }[] = [];

beforeAll(async () => {
  house = await openTestHouse();
  const { seal, read } = await testCredentials();
  credentials = read;
  for (const wanted of WANTED) {
    const work = await makeTestWork(house, random, wanted, seal);
    await mintTestWork(house, work);
    const token = tokenOfFile(work.record, await fileCid(work.file));
    if (token.kind === 'none') throw new Error('a titled file names a token');
    works.push({ work, tokenId: token.tokenId });
  }
}, 60_000);
afterAll(() => house.close());

test.each(Array.from({ length: COUNT }, (_, i) => i))(`mutation %i of seed ${SEED} is caught, and its link is named`, async (i) => {
  const { work, tokenId } = works[i % works.length] as (typeof works)[number];
  const sound: CheckInput = {
    ...{ file: work.file, trust: house.trust, chain: house.reader, credentials },
    expected: { tokenId },
    opening: work.opening,
  };
  if (i < works.length) expect(await checkWork(sound)).toMatchObject({ verdict: 'verified' });
  // Every kind of change to every kind of work.
  const { name, rows, alsoRow, ...change } = await mutationOf(Math.floor(i / works.length), random, house, work);
  const check = await checkWork({ ...sound, ...change });
  const failed = check.rows.filter(({ result }) => result === 'failed').map(({ id }) => id);
  expect([name, check.verdict]).toEqual([name, 'broken']);

  expect([name, failed, rows.some((id) => failed.includes(id))]).toEqual([name, failed, true]);
  if (alsoRow) expect([name, failed]).toEqual([name, expect.arrayContaining([alsoRow])]);
});
