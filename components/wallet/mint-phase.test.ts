import { expect, test } from 'vitest';
import type { MintStatusDto } from '@/lib/mint/schema';
import { mintPhase, SLOW_AFTER_MS } from './mint-phase';

const status: MintStatusDto = {
  state: 'ready',
  label: null,
  suggestedLabel: 'Strata 7',
  priceWei: '2',
  chainId: 31_337,
  collection: '0x01',
  tokenId: null,
  txHash: null,
  confirmations: 0,
  finality: null,
};

test('a sealed work is ready, also when a voucher has already fixed its title', () => {
  expect(mintPhase(status, null)).toEqual({ kind: 'ready', moving: false });
  expect(mintPhase({ ...status, state: 'claimed', label: 'Dawn' }, null)).toEqual({ kind: 'ready', moving: false });
});

test('looks again while the file is being sealed, and not at a duplicate', () => {
  expect(mintPhase({ ...status, state: 'unsealed' }, null)).toEqual({ kind: 'unsealed', moving: true });
  expect(mintPhase({ ...status, state: 'duplicate' }, null)).toEqual({ kind: 'duplicate', moving: false });
});

test('a transaction that succeeded is not yet a mint: the indexer has to say so', () => {
  const sent = { outcome: 'succeeded' as const, waitedMs: 0 };
  expect(mintPhase({ ...status, state: 'claimed' }, sent)).toEqual({ kind: 'sent', slow: false, moving: true });
  expect(mintPhase({ ...status, state: 'claimed' }, { ...sent, waitedMs: SLOW_AFTER_MS + 1 })).toMatchObject({ kind: 'sent', slow: true });
  expect(mintPhase({ ...status, state: 'minted', finality: 'seen' }, sent)).toMatchObject({ kind: 'minted', moving: true });
});

test('a reverted transaction has failed and can be tried again', () => {
  expect(mintPhase({ ...status, state: 'claimed' }, { outcome: 'reverted', waitedMs: 0 })).toEqual({ kind: 'failed', moving: false });
});

test('stops looking once the mint is safe', () => {
  expect(mintPhase({ ...status, state: 'minted', finality: 'safe' }, null)).toMatchObject({ kind: 'minted', moving: false });
});
