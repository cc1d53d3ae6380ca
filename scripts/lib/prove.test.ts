import { describe, expect, it } from 'vitest';
import { applyEdit, verdictOf } from './prove';

const safe = { severity: 'info', errorCode: '9576', message: 'CHC: Assertion violation check is safe!' };
const violated = { severity: 'warning', errorCode: '6328', message: 'CHC: Assertion violation happens here.' };
const unproved = { severity: 'warning', errorCode: '6328', message: 'CHC: Assertion violation might happen here.' };

describe('a verdict', () => {
  it('is proved where every assertion is safe', () => {
    expect(verdictOf([safe, safe], 2)).toBe('proved');
    expect(verdictOf([safe, { severity: 'warning', errorCode: '8364', message: 'a custom error' }], 1)).toBe('proved');
  });

  it('is violated where one assertion fails', () => {
    expect(verdictOf([safe, violated], 2)).toBe('violated');
  });

  it('is unknown where one was not answered, or something is not modelled, or nothing was asked', () => {
    expect(verdictOf([safe], 2)).toBe('unknown');
    expect(verdictOf([safe, unproved], 2)).toBe('unknown');
    expect(verdictOf([safe, { severity: 'warning', errorCode: '7737', message: 'inline assembly' }], 1)).toBe('unknown');
    expect(verdictOf([], 0)).toBe('unknown');
  });

  it('is none where the harness does not compile', () => {
    expect(() => verdictOf([{ severity: 'error', message: 'ParserError' }], 1)).toThrow('ParserError');
  });
});

describe('a planted bug', () => {
  it('changes one place of its own file', () => {
    expect(applyEdit('a < b', 'F', { file: 'F', from: '<', to: '<=' })).toBe('a <= b');
    expect(applyEdit('a < b', 'G', { file: 'F', from: '<', to: '<=' })).toBe('a < b');
    expect(applyEdit('a < b', 'F', undefined)).toBe('a < b');
  });

  it('is refused where it is nowhere, or in two places', () => {
    expect(() => applyEdit('a', 'F', { file: 'F', from: '<', to: '' })).toThrow('0 times');
    expect(() => applyEdit('a < b < c', 'F', { file: 'F', from: '<', to: '' })).toThrow('2 times');
  });
});
