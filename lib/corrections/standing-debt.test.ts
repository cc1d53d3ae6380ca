import { expect, test } from 'vitest';
import { standingDebt } from './standing-debt';

const day = (n: number) => new Date(Date.UTC(2026, 10, n));

test('a debt stands since it last was nothing, and names only what asks for it since then', () => {
  const moves = [
    { at: day(1), change: 5n, from: 'card_clearing' },
    { at: day(2), change: -5n, from: '' },
    { at: day(3), change: 4n, from: 'till_clearing' },
    { at: day(4), change: -1n, from: '' },
    { at: day(5), change: 2n, from: 'card_clearing' },
  ];
  expect(standingDebt(moves)).toEqual({ since: day(3), causes: ['chain', 'card'] });
});

test('what neither a card nor the chain asks for was a correction', () => {
  expect(standingDebt([{ at: day(1), change: 1n, from: 'promotion' }])).toEqual({ since: day(1), causes: ['correction'] });
});
