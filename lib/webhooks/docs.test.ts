import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { TEST_EVENT, WEBHOOK_EVENTS } from './schema';

it('the published page says what is in each event, and of no others', () => {
  const told = readFileSync('docs/webhooks.md', 'utf8').matchAll(/`((?:generation|work|pass|webhook)\.\w+)`/g);
  expect([...told].map(([, type]) => type).sort()).toEqual([...WEBHOOK_EVENTS, TEST_EVENT].sort());
});
