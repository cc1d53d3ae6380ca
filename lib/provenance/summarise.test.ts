import { expect, test } from 'vitest';
import type { VerifyRow } from './schema';
import { summarise } from './summarise';

const row = (link: VerifyRow['link'], result: VerifyRow['result']): VerifyRow => ({
  link,
  result,
  title: `title of ${link}`,
  proves: '',
  detail: '',
});
const needed = (['record', 'content', 'params', 'receipt', 'version'] as const).map((link) => row(link, 'pass'));

test('a work holds without a token', () => {
  expect(summarise([...needed, row('owner', 'not_checked')], true).verdict).toBe('verified');
});

test('one failed link breaks it, and is named', () => {
  const report = summarise([...needed, row('image', 'fail')], true);
  expect(report).toEqual({ verdict: 'broken', summary: 'This does not hold: title of image.' });
});

test('an unchecked link that is needed leaves it unknown', () => {
  const rows = needed.map((r) => (r.link === 'version' ? row('version', 'not_checked') : r));
  expect(summarise(rows, true)).toEqual({ verdict: 'unknown', summary: 'This could not be checked: title of version.' });
});

test('a file without a record is unknown, not broken', () => {
  expect(summarise([row('record', 'fail')], false).verdict).toBe('unknown');
});
