import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseRecord, recordText, type WorkRecord } from './work-record';

const { png } = JSON.parse(readFileSync('contracts/test/vectors/protocol.json', 'utf8')) as { png: { record: WorkRecord } };
const { label, traits, evolve, ...bare } = png.record;
const digest = `0x${'ab'.repeat(32)}` as const;
const batch = { root: digest, count: 3, index: 2, proof: [digest] };

describe('a record is of one kind', () => {
  test.each([
    ['without a title', bare],
    ['with one', { ...bare, label, traits, evolve }],
    ['of a later step', { ...bare, label, traits, token: digest, previous: digest }],
    ['of a drop', { ...bare, batch }],
  ])('%s, and is read back as it was written', (_, record) => {
    expect(parseRecord(recordText(record))).toEqual(record);
  });

  test.each([
    ['half a title', { ...bare, label, traits }],
    ['terms alone', { ...bare, evolve }],
    ['a step with terms', { ...bare, label, traits, evolve, token: digest, previous: digest }],
    ['a step without what was previous', { ...bare, label, traits, token: digest }],
    ['a step without a title', { ...bare, token: digest, previous: digest }],
    ['a drop with a title', { ...bare, label, traits, evolve, batch }],
    ['a number that the batch has not got', { ...bare, batch: { ...batch, index: 3 } }],
  ])('and not %s', (_, record) => {
    expect(() => recordText(record)).toThrow();
  });
});
