import { expect, test } from 'vitest';
import { describeLine, type Subjects } from './describe-line';

const entry = { seq: '1', at: '2026-12-01T00:00:00.000Z', heldMillicredits: '0', balanceMillicredits: '0', ref: 'r' } as const;
const none: Subjects = {
  ...{ runs: new Map(), relays: new Map(), passes: new Map(), deposits: new Map() },
  ...{ purchases: new Set(), repaid: new Map(), corrections: new Map() },
};

test('what a run that a pass included has cost in credits is said to be its parent’s share', () => {
  const run = { modelName: 'Nacre', href: '/works/r', endedBecause: null };
  const line = (isIncluded: boolean) =>
    describeLine({ ...entry, code: 'run', changeMillicredits: '-200' }, { ...none, runs: new Map([['r', { ...run, isIncluded }]]) });
  expect(line(true)).toMatchObject({ reason: 'Work delivered', note: expect.stringContaining('a pass includes') });
  expect(line(false).note).toBeNull();
});

test('a return of a pass that the chain undid is not called one that was given back', () => {
  const passes = new Map([['r', { kind: 'purchase' as const, title: 'Reader', href: null, endedBecause: null }]]);
  const reason = (changeMillicredits: string) => describeLine({ ...entry, code: 'relay_refund', changeMillicredits }, { ...none, passes }).reason;
  expect(reason('1500')).toBe('Given back: the pass was returned');
  expect(reason('-1500')).toBe('Taken back: the chain undid the return of the pass');
});
