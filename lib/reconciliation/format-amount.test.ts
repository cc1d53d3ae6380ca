import { expect, test } from 'vitest';
import { formatAmount, formatDifference } from './format-amount';

test('amounts are told to their last digit, each in its unit', () => {
  expect(formatAmount('millicredits', '1500')).toBe('1.5 credits');
  expect(formatAmount('wei', '2000000000000001')).toBe('0.002000000000000001 ETH');
  expect(formatAmount('gwei', '-1')).toBe('−0.000000001 ETH');
  expect(formatAmount('usdc', '5000000')).toBe('5 USDC');
  expect(formatAmount('pieces', '3')).toBe('3 pieces');
});

test('words stay as they are, and a difference has its sign', () => {
  expect(formatAmount(null, 'captured')).toBe('captured');
  expect(formatDifference('millicredits', '700')).toBe('+0.7 credits');
  expect(formatDifference('wei', '-1')).toBe('−0.000000000000000001 ETH');
});

test('money of the card processor is told in its currency', () => {
  const told = [formatAmount('minor usd', '-499'), formatAmount('minor jpy', '750'), formatDifference('minor eur', '100')];
  expect(told.map((text) => text.replaceAll('\u00a0', ' '))).toEqual(['-USD 4.99', 'JPY 750', '+EUR 1.00']);
});
