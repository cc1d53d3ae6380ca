import type { GenerationDto } from '@/lib/generations/schema';

const ENDPOINT_FAILS = 'Waiting: the model is failing right now, and is tried again soon';

/** What a run's state means, in words. */
export function stateWords(run: GenerationDto): string {
  if (run.state === 'held') {
    if (run.cancelRequested) return 'Cancelling';
    if (run.waitsForEndpoint) return ENDPOINT_FAILS;
    return run.queuePlace ? `Waiting, ${run.queuePlace} ahead` : 'Next in the queue';
  }
  if (run.state === 'running') return run.cancelRequested ? 'Cancelling' : 'Running';
  if (run.state === 'captured') return run.sealed ? 'Ready' : run.error ? 'Failed' : 'Sealing';
  return { failed: 'Failed', cancelled: 'Cancelled', expired: 'Took too long' }[run.state];
}

/** One sentence for a screen reader when runs have changed state; empty where nothing worth saying has. */
export function announcement(before: GenerationDto[], after: GenerationDto[]): string {
  const was = new Map(before.map((run) => [run.id, spoken(run)]));
  return after
    .filter((run) => was.get(run.id) !== spoken(run))
    .map((run) => `Variation ${run.ordinal + 1}: ${spoken(run)}.`.replace('..', '.'))
    .join(' ');
}

/** Queue places change often; they are not read out. */
function spoken(run: GenerationDto): string {
  if (run.state === 'held') return (run.waitsForEndpoint ? ENDPOINT_FAILS : 'waiting').toLowerCase();
  return run.error?.message ?? stateWords(run).toLowerCase();
}
