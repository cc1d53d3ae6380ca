import { parseArgs } from 'node:util';
import { describeError } from './lib/errors';
import { type Counts, stages } from './lib/test-stages';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const wanted = values.only?.split(',') ?? stages.map((stage) => stage.name);
const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`There is no stage ${unknown.join(', ')}. There are: ${stages.map((stage) => stage.name).join(', ')}`);
  process.exit(2);
}

// The terminal's Ctrl-C reaches the running stage too, which stops what it started; we leave after it.
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interrupted = true;
  });
}

const results: { title: string; counts: Counts; seconds: string }[] = [];
for (const stage of stages.filter(({ name }) => wanted.includes(name))) {
  console.log(`\n=== ${stage.title}`);
  const startedAt = performance.now();
  const counts = await stage.run().catch((error: unknown) => {
    console.error(describeError(error));
    return { passed: 0, failed: 1 };
  });
  if (interrupted) process.exit(130);
  results.push({ title: stage.title, counts, seconds: ((performance.now() - startedAt) / 1000).toFixed(1) });
}

const width = Math.max(...results.map(({ title }) => title.length));
console.log('');
for (const { title, counts, seconds } of results) {
  const numbers = `${String(counts.passed).padStart(5)} passed ${String(counts.failed).padStart(4)} failed`;
  console.log(`${counts.failed > 0 ? '✗' : '✓'} ${title.padEnd(width)} ${numbers} ${seconds.padStart(7)} s`);
}
for (const failure of results.flatMap(({ counts }) => counts.failures ?? [])) console.log(`  ✗ ${failure}`);
const passed = results.reduce((sum, { counts }) => sum + counts.passed, 0);
const failed = results.reduce((sum, { counts }) => sum + counts.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
