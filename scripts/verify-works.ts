/*
 * Makes untouched works of every kind on a chain of its own, with the real contracts, and checks each by file and node alone. Ends with 1 on a
 * false alarm. `--count 1000 --seed 1`.
 */
import { parseArgs } from 'node:util';
import { checkManyWorks } from '../lib/verifier/testing/check-many';
import { openTestHouse } from '../lib/verifier/testing/house';

const { values } = parseArgs({ options: { count: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } } });
// A setting that code on the way reads, and this does not need: nothing listens there.
process.env.DATABASE_URL ||= 'postgresql://nobody@127.0.0.1:1/none';
process.env.RPC_URL ||= 'http://127.0.0.1:1';
process.env.WRAPPING_KEY ||= '11'.repeat(32);

const house = await openTestHouse();
try {
  const began = performance.now();
  const { checked, alarms, kinds } = await checkManyWorks(house, { count: Number(values.count), seed: Number(values.seed) });
  for (const [kind, count] of Object.entries(kinds).toSorted()) console.log(`${String(count).padStart(6)}  ${kind}`);
  for (const alarm of alarms) console.error(alarm);
  console.log(`${checked} works, ${alarms.length} false alarms, ${Math.round((performance.now() - began) / 1000)} s`);
  process.exitCode = alarms.length === 0 ? 0 : 1;
} finally {
  await house.close();
}
