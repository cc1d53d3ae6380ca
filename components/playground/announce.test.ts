import { expect, it } from 'vitest';
import type { GenerationDto } from '@/lib/generations/schema';
import { announcement } from './announce';

const run = (part: Partial<GenerationDto>): GenerationDto => ({
  id: `run-${part.ordinal ?? 0}`,
  quoteId: 'quote',
  ordinal: 0,
  modelSlug: 'nacre',
  state: 'held',
  sealed: false,
  cancelRequested: false,
  queuePlace: 3,
  waitsForEndpoint: false,
  progressPercent: 0,
  seed: '1',
  priceMillicredits: '1000',
  paidByPass: null,
  error: null,
  previewSrc: null,
  text: null,
  createdAt: '2026-11-23T20:00:00.000Z',
  startedAt: null,
  endedAt: null,
  deadlineAt: '2026-11-23T20:10:00.000Z',
  ...part,
});

it('says what has changed, by variation', () => {
  const before = [run({ ordinal: 0 }), run({ ordinal: 1, state: 'running' })];
  const after = [run({ ordinal: 0, state: 'running' }), run({ ordinal: 1, state: 'captured', sealed: true })];
  expect(announcement(before, after)).toBe('Variation 1: running. Variation 2: ready.');
});

it('does not read out a moving queue or a growing percentage', () => {
  const before = [run({ ordinal: 0, queuePlace: 3 }), run({ ordinal: 1, state: 'running', progressPercent: 10 })];
  const after = [run({ ordinal: 0, queuePlace: 2 }), run({ ordinal: 1, state: 'running', progressPercent: 40 })];
  expect(announcement(before, after)).toBe('');
});

it('says why a run failed', () => {
  const failed = run({ state: 'failed', error: { code: 'endpoint_failed', message: 'The model failed. Your credits were released.' } });
  expect(announcement([run({})], [failed])).toBe('Variation 1: The model failed. Your credits were released.');
});

it('says why a run waits for a model that fails, and says it once', () => {
  const [waiting, resting] = [run({}), run({ waitsForEndpoint: true })];
  expect(announcement([waiting], [resting])).toBe('Variation 1: waiting: the model is failing right now, and is tried again soon.');
  expect(announcement([resting], [run({ waitsForEndpoint: true, queuePlace: 1 })])).toBe('');
});
