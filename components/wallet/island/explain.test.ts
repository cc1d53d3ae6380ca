import { encodeErrorResult, HttpRequestError, InsufficientFundsError, RpcRequestError, UserRejectedRequestError } from 'viem';
import { expect, test } from 'vitest';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { WalletProblem } from '../wallet-problem';
import { explain } from './explain';

const revert = (data: `0x${string}`) => new RpcRequestError({ body: {}, url: 'http://x', error: { code: 3, message: 'execution reverted', data } });

test('says what a contract’s refusal means, by its ABI', () => {
  const closed = encodeErrorResult({ abi: workCollectionAbi, errorName: 'MintClosed' });
  expect(explain(revert(closed)).message).toBe('The creator has closed minting for this version.');
  const late = encodeErrorResult({ abi: workCollectionAbi, errorName: 'DeadlinePassed', args: [1n] });
  expect(explain(revert(late)).message).toContain('has run out');
});

test('names a refusal that it has no words for', () => {
  const unknownName = encodeErrorResult({ abi: workCollectionAbi, errorName: 'BadVoucherSignature' });
  expect(explain(revert(unknownName)).message).toBe('The contract refuses it: BadVoucherSignature.');
  expect(explain(revert('0xdeadbeef')).message).toContain('unknown error 0xdeadbeef');
});

test.each([
  ['as viem wraps it', new UserRejectedRequestError(new Error('no'))],
  ['as a wallet throws it', Object.assign(new Error('User rejected'), { code: 4001 })],
])('a person who says no has not met a failure, %s', (_name, error) => {
  expect(explain(error)).toMatchObject({ declined: true, message: 'You declined in your wallet. Nothing was sent.' });
});

test('tells a lack of ETH from other failures, and always that nothing was sent', () => {
  expect(explain(new InsufficientFundsError()).message).toContain('not enough ETH');
  expect(explain(new HttpRequestError({ url: 'http://x' })).message).toMatch(/Nothing was sent\.$/);
  expect(explain('odd')).toBeInstanceOf(WalletProblem);
});
