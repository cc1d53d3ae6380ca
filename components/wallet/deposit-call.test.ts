import { encodeFunctionData } from 'viem';
import { expect, test } from 'vitest';
import { tillAbi } from '@/lib/chain/abi/till';
import type { DepositQuoteDto } from '@/lib/payments/schema';
import { depositCall } from './deposit-call';

const quote: DepositQuoteDto = {
  chainId: 31_337,
  till: '0x01',
  memo: `0x${'ab'.repeat(32)}`,
  asset: 'eth',
  token: null,
  amount: '8',
  millicredits: '1',
  rate: { ethUsdCents: 1, source: '', at: '' },
  expiresAt: '',
};

test('calls the till’s deposit as its ABI encodes it', () => {
  expect(depositCall(quote)).toEqual({
    chainId: 31_337,
    to: '0x01',
    valueWei: '8',
    data: encodeFunctionData({ abi: tillAbi, functionName: 'deposit', args: [quote.memo] }),
  });
});

test('leaves a payment in USDC to the wallet part, which signs a permit first', () => {
  expect(depositCall({ ...quote, asset: 'usdc', token: '0x02' })).toEqual({
    chainId: 31_337,
    to: '0x01',
    token: '0x02',
    amount: '8',
    memo: quote.memo,
  });
});
