import { expect, test } from 'vitest';
import type { DepositDto } from '@/lib/payments/schema';
import { depositPhase, isSettled, SLOW_AFTER_MS } from './deposit-phase';

const deposit: DepositDto = {
  memo: '0x01',
  txHash: '0x02',
  state: 'seen',
  asset: 'eth',
  token: null,
  amount: '8',
  millicredits: '2000000',
  unclaimedBecause: null,
  finality: 'safe',
  confirmations: 2,
  confirmationsNeeded: 4,
  at: '2026-11-23T12:00:00Z',
};
const phase = (change: Partial<Parameters<typeof depositPhase>[0]>) => depositPhase({ deposit: null, outcome: null, waitedMs: 0, ...change });

test('a transaction that the server has not seen is only sent, whatever the chain says of it', () => {
  expect(phase({})).toEqual({ kind: 'sent', slow: false });
  expect(phase({ outcome: 'succeeded' })).toEqual({ kind: 'sent', slow: false });
  expect(phase({ waitedMs: SLOW_AFTER_MS + 1 })).toEqual({ kind: 'sent', slow: true });
});

test('a reverted transaction has failed', () => {
  expect(phase({ outcome: 'reverted' })).toEqual({ kind: 'failed' });
});

test('counts confirmations up to those needed, then is credited', () => {
  expect(phase({ deposit })).toEqual({ kind: 'seen', finality: 'safe', confirmations: 2, needed: 4 });
  expect(phase({ deposit: { ...deposit, confirmations: 9 } })).toEqual({ kind: 'seen', finality: 'safe', confirmations: 4, needed: 4 });
  expect(phase({ deposit: { ...deposit, state: 'credited' } })).toEqual({ kind: 'credited', millicredits: '2000000' });
});

test('goes on looking at a payment that a reorg took back, since it may come again', () => {
  expect(isSettled(phase({ deposit: { ...deposit, state: 'reversed' } }))).toBe(false);
  expect(isSettled(phase({ deposit: { ...deposit, state: 'credited' } }))).toBe(true);
});

test('says why a payment that was not credited was not, and is done with one that is sent back', () => {
  const unclaimed = phase({ deposit: { ...deposit, state: 'unclaimed', unclaimedBecause: 'unknown_token' } });
  expect(unclaimed).toEqual({ kind: 'unclaimed', because: 'unknown_token' });
  expect([unclaimed, phase({ deposit: { ...deposit, state: 'refunding' } })].map(isSettled)).toEqual([true, true]);
});
