import { privateKeyToAddress } from 'viem/accounts';
import { expect, test } from 'vitest';
import { operatorAccounts, operatorName } from './operator-accounts';

test('each operator account is of its key, and has a name that a person can tell apart', () => {
  for (const { key, address } of operatorAccounts) expect(privateKeyToAddress(key)).toBe(address);
  expect(operatorAccounts.map(({ address }) => operatorName(address))).toEqual(['Operator 1', 'Operator 2']);
  expect(operatorName('0xa0Ee7A142d267C1f36714E4a8F75612F20a79720')).toBeNull();
});
