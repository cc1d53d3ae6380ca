import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkManyWorks } from './testing/check-many';
import { openTestHouse, type TestHouse } from './testing/house';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
}, 60_000);
afterAll(() => house.close());

const COUNT = 300;

test(`${COUNT} untouched works of every kind raise no alarm, minted and unminted, with credentials and without`, async () => {
  const { alarms, kinds, checked } = await checkManyWorks(house, { count: COUNT, seed: 20_261_201 });
  expect(alarms).toEqual([]);
  expect(checked).toBe(COUNT);
  expect(Object.keys(kinds).length).toBeGreaterThan(8);
}, 120_000);
