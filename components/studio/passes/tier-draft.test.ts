import { expect, test } from 'vitest';
import { emptyTier, readTerms, readTier, termsDraftOf } from './tier-draft';

const typed = { ...emptyTier, label: 'Maker', price: '0.01', picture: { src: '', cid: 'bafkrei' } };

test('days and ether are read as seconds and wei', () => {
  expect(readTier(typed).tier).toMatchObject({
    ...{ label: 'Maker', priceWei: '10000000000000000', durationSeconds: 2_592_000, refundWindowSeconds: 259_200, cap: 100 },
    terms: { includedRuns: 10, periodSeconds: 2_592_000, ratePerMinute: null, models: [] },
  });
});

test('no days: it never expires, and cannot be given back', () => {
  expect(readTier({ ...typed, days: '', refundDays: '' }).tier).toMatchObject({ durationSeconds: 0, refundWindowSeconds: 0 });
});

test('what is wrong is said at its field', () => {
  const { tier, problems } = readTier({
    ...typed,
    label: '',
    price: 'ten',
    cap: '0',
    picture: { src: 'blob:', cid: '' },
    terms: { ...typed.terms, runs: '-1' },
  });
  expect(tier).toBeNull();
  expect(Object.keys(problems).sort()).toEqual(['cap', 'imageCid', 'includedRuns', 'label', 'priceWei']);
  expect(readTier({ ...typed, price: '' }).problems).toHaveProperty('priceWei');
  expect(readTier({ ...typed, price: '0' }).tier?.priceWei).toBe('0');
  expect(readTier({ ...typed, days: '1', refundDays: '2' }).problems).toHaveProperty('refundWindowSeconds');
});

test('terms that are changed start from what they are', () => {
  const terms = { includedRuns: 5, periodSeconds: 86_400, ratePerMinute: 3, earlyAccess: true, models: [] };
  expect(readTerms(termsDraftOf(terms)).terms).toEqual(terms);
});
