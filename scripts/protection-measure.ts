/*
 * Which share of simulated people and simulated attackers the alarms of lib/protection flag. `--count N` scenes of each kind (default 100), `--seed S` (default 1), `--set second` for those who were made up by somebody who had not read the alarms, `--json`
 * ends with one line of JSON. Who asks what is made by scripts/lib/protection, which knows nothing of the alarms. The table in lib/protection/README.md is of this command.
 */
import { parseArgs } from 'node:util';
import { isLinked } from '../lib/protection/alarms/judge-links';
import { judgeSeeds } from '../lib/protection/alarms/judge-seeds';
import { judgeSweep } from '../lib/protection/alarms/judge-sweep';
import type { Trace } from '../lib/protection/alarms/trace';
import { dialsOf } from '../lib/protection/traces/dials';
import { LAST_RUNS, traceOf } from '../lib/protection/watch/write-traces';
import { type Asked, randomOf, type Scene, SIZES, STYLES, type Wallet } from './lib/protection/asked';
import { attackers } from './lib/protection/attackers';
import { benign } from './lib/protection/benign';
import { customers } from './lib/protection/second/customers';
import { thieves } from './lib/protection/second/thieves';

const { values } = parseArgs({
  options: {
    ...{ count: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
    ...{ set: { type: 'string', default: 'first' }, json: { type: 'boolean', default: false } },
  },
});
const sets = { first: { benign, attackers }, second: { benign: customers, attackers: thieves } };
const schema = {
  type: 'object' as const,
  additionalProperties: false as const,
  properties: {
    grain: { type: 'integer' as const, title: 'Grain', default: 40, minimum: 0, maximum: 100 },
    size: { type: 'integer' as const, title: 'Size', default: 1024, enum: SIZES },
    style: { type: 'string' as const, title: 'Style', default: 'oil', enum: STYLES },
    warmth: { type: 'integer' as const, title: 'Warmth', default: 5, minimum: 0, maximum: 10 },
  },
};
const dials = dialsOf(schema);
const facts = { salt: 'measured', schemaOf: () => schema };
/** How often a person is looked at: after so many runs; the worker's loop looks every ten seconds. */
const LOOK_EVERY = 100;
const WITHIN_MS = 6 * 3_600_000;

function tracesOf(userId: string, asked: Asked[]): Trace[] {
  return asked.flatMap(({ atMs, prompt, params, seed, count }, order) => {
    const run = { quoteId: `${userId} ${order}`, userId, versionDigest: '', prompt, paramsText: JSON.stringify(params), at: new Date(atMs) };
    const { trace } = traceOf({ id: '', seed, ...run }, facts);
    return Array.from({ length: count }, (_, i) => ({
      ...trace,
      id: `${userId} ${order} ${i}`,
      seed: BigInt.asUintN(64, BigInt(seed) + BigInt(i)).toString(),
    }));
  });
}

/** The alarms that one wallet, or several that were found to be one, would have raised by now. */
function alarmsOf(traces: Trace[]): Set<string> {
  const raised = new Set<string>();
  for (let end = Math.min(LOOK_EVERY, traces.length); end <= traces.length; end += Math.min(LOOK_EVERY, Math.max(1, traces.length - end))) {
    const last = traces.slice(Math.max(0, end - LAST_RUNS), end);
    const sweep = judgeSweep(last, dials);
    if (sweep) raised.add(`sweep (${sweep.shape})`);
    if (judgeSeeds(last)) raised.add('seeds');
    if (end === traces.length) break;
  }
  return raised;
}

/** As find-links.ts has it. */
const PEOPLE_OF_AN_ADDRESS = 8;

function linkOf(a: { wallet: Wallet; traces: Trace[] }, b: { wallet: Wallet; traces: Trace[] }, scene: Scene) {
  const timesOf = new Map<string, number[]>();
  for (const { promptDigest, atMs, words } of b.traces) if (words >= 4) timesOf.set(promptDigest, [...(timesOf.get(promptDigest) ?? []), atMs]);
  const common = a.traces.filter(({ promptDigest, atMs }) => timesOf.get(promptDigest)?.some((at) => Math.abs(at - atMs) <= WITHIN_MS));
  const isNear = scene.filter(({ address }) => address === a.wallet.address).length <= PEOPLE_OF_AN_ADDRESS;
  const prompts = new Set(common.map(({ promptDigest }) => promptDigest)).size;
  return {
    userId: '',
    payers: a.wallet.payer === b.wallet.payer ? 1 : 0,
    addresses: isNear && a.wallet.address === b.wallet.address ? 1 : 0,
    prompts,
  };
}

function judge(scene: Scene): Set<string> {
  const people = scene.map((wallet, i) => ({ wallet, traces: tracesOf(`wallet ${i}`, wallet.asked) }));
  const raised = new Set(people.flatMap(({ traces }) => [...alarmsOf(traces)]));
  const [first, ...others] = people;
  const linked = first ? others.filter((other) => isLinked(linkOf(first, other, scene))) : [];
  if (first && linked.length > 0) raised.add('linked');
  return raised;
}

const rows = Object.entries(sets[values.set === 'second' ? 'second' : 'first']).flatMap(([side, kinds]) =>
  Object.entries(kinds).map(([kind, sceneOf], place) => {
    const random = randomOf(Number(values.seed) * 1_000 + place + (side === 'benign' ? 0 : 100));
    const found = Array.from({ length: Number(values.count) }, () => judge(sceneOf(random)));
    const by: Record<string, number> = {};
    for (const name of found.flatMap((one) => [...one])) by[name] = (by[name] ?? 0) + 1;
    return { side, kind, scenes: found.length, flagged: found.filter(({ size }) => size > 0).length, by };
  }),
);
const caveat =
  'Simulated: people and attackers are made up by code. These shares say how the alarms behave on what we thought of, not on what you will meet.';
for (const { side, kind, scenes, flagged, by } of rows) {
  const what = Object.entries(by)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
  console.log(
    `| ${side === 'benign' ? 'person' : 'attacker'} | ${kind} | ${((100 * flagged) / scenes).toFixed(0)} % of ${scenes} | ${what || 'none'} |`,
  );
}
console.log(caveat);
if (values.json) console.log(JSON.stringify({ simulated: true, caveat, seed: Number(values.seed), rows }));
