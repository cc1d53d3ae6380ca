/*
 * CPU time of the embedded models, one core. `--json` ends with one line of JSON.
 * Baseline of each row: the same samples through the network kernel alone (flow, dense layers, heads), which is what
 * the arithmetic itself costs here; the ratio says what framing, decoding, light and encoding add to it.
 * render.1024ssMs is vitrail, four samples a pixel; the other rows take the slower of nacre and strata.
 */
import type { HouseModelId } from '../../lib/inference/house/parameter-schema';
import { type HouseRequest, planOf, render } from '../../lib/inference/house/render';

interface Row {
  what: string;
  ours: number;
  baseline: number;
  ratio: number;
  unit: 'ms';
}

const SEEDS = ['1', '2', '3', '4', '5'];
const PROMPTS = ['ocean storm', 'fire and ash', '', 'dense golden mandala', 'very calm'];

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  const order = [...values].sort((a, b) => a - b);
  return order[Math.floor(order.length / 2)] ?? 0;
}

/** The network alone over the samples of a plan: every row that the picture needs. */
function networkMs(request: HouseRequest): number {
  const { geometry, kernel, reach } = planOf(request, undefined);
  const rows = (geometry.mirrorY ? geometry.height / 2 : geometry.height) * geometry.ss;
  return cpuMs(() => {
    for (let y = -reach; y < rows + reach; y++) kernel.fieldRow(y);
  });
}

function measure(model: HouseModelId, side: number): { ours: number; baseline: number } {
  const requests = SEEDS.map((seed, i) => ({ model, prompt: PROMPTS[i] ?? '', seed, params: { width: side, height: side } }));
  for (const request of requests.slice(0, 2)) render(request);
  return {
    ours: median(requests.map((request) => cpuMs(() => render(request)))),
    baseline: median(requests.map(networkMs)),
  };
}

function row(what: string, models: readonly HouseModelId[], side: number): Row {
  const slowest = models.map((model) => measure(model, side)).reduce((a, b) => (b.ours > a.ours ? b : a));
  const round = (v: number) => Math.round(v * 10) / 10;
  const ratio = Math.round((slowest.ours / slowest.baseline) * 100) / 100;
  return { what, ours: round(slowest.ours), baseline: round(slowest.baseline), ratio, unit: 'ms' };
}

const rows = [
  row('render.256Ms', ['nacre', 'strata'], 256),
  row('render.512Ms', ['nacre', 'strata'], 512),
  row('render.1024Ms', ['nacre', 'strata'], 1024),
  row('render.1024ssMs', ['vitrail'], 1024),
];
for (const { what, ours, baseline, ratio } of rows) console.log(`${what.padEnd(18)} ${ours} ms, network alone ${baseline} ms, ratio ${ratio}`);
if (process.argv.includes('--json')) console.log(JSON.stringify({ bench: 'embedded', rows }));
