import { encodeFunctionData } from 'viem';
import { expect, test } from 'vitest';
import { tillAbi } from '@/lib/chain/abi/till';
import { depositCall } from './deposit-call';

test('calls the till’s deposit as its ABI encodes it', () => {
  const memo = `0x${'ab'.repeat(32)}` as const;
  const quote = {
    chainId: 31_337,
    till: '0x01' as const,
    memo,
    amountWei: '8',
    millicredits: '1',
    ethUsdCents: 1,
    rateSource: '',
    expiresAt: '',
  };
  expect(depositCall(quote)).toEqual({
    chainId: 31_337,
    to: '0x01',
    valueWei: '8',
    data: encodeFunctionData({ abi: tillAbi, functionName: 'deposit', args: [memo] }),
  });
});
