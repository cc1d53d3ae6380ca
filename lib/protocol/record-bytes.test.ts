import { concatHex, type Hex, size, slice } from 'viem';
import { describe, expect, it } from 'vitest';
import { encodeEvolveTerms, FROZEN } from './evolve-terms';
import { sha256Hex } from './hash';
import { NO_PARENT } from './receipt';
import { decodeRecord, decodeStep, encodeRecord, encodeStep, type FirstRecord } from './record-bytes';
import { encodeTraits } from './traits';

const params = '{"steps":"20"}';
const record: FirstRecord = {
  receipt: {
    ...{ version: sha256Hex('version'), seed: 2n ** 64n - 1n, paramsHash: sha256Hex(params), promptHash: sha256Hex('prompt') },
    ...{ content: sha256Hex('content'), parent: NO_PARENT },
  },
  image: { codec: 0x70, digest: sha256Hex('file') },
  label: '\ufeffGröße №1',
  traits: encodeTraits([{ name: 'Palette', value: 'Ash' }]),
  evolve: FROZEN,
  params,
};
const remix = { ...record, receipt: { ...record.receipt, parent: sha256Hex('parent') } };
const terms = encodeEvolveTerms({ by: 'anyone', rule: `0x${'a1'.repeat(20)}`, until: 0n });

describe('a record in bytes', () => {
  it.each([
    ['frozen', record],
    ['of a remix', remix],
    ['of a dynamic work', { ...remix, evolve: terms }],
    ['without traits', { ...record, traits: '0x' as Hex }],
    ['without parameters', { ...record, params: '', receipt: { ...record.receipt, paramsHash: sha256Hex('') } }],
  ])('comes back as it was, %s', (_, value) => {
    expect(decodeRecord(encodeRecord(value))).toEqual(value);
  });

  it('comes back as it was, for a step', () => {
    const { params: _params, evolve: _evolve, ...step } = remix;
    expect(decodeStep(encodeStep(step))).toEqual(step);
  });

  it('is refused wherever it is cut before its parameters', () => {
    const bytes = encodeRecord({ ...remix, evolve: terms, params: '' });
    for (let end = 1; end < size(bytes); end++) expect(() => decodeRecord(slice(bytes, 0, end))).toThrow('ends early');
  });

  it('is refused with flags that mean nothing', () => {
    const bytes = encodeRecord(record);
    const flagged = (flags: Hex, more: Hex = '0x') => concatHex([slice(bytes, 0, 137), flags, more, slice(bytes, 138)]);
    expect(() => decodeRecord(flagged('0x04'))).toThrow('flags');
    expect(() => decodeRecord(flagged('0x01', `0x${'00'.repeat(32)}`))).toThrow('flags');
    expect(() => decodeRecord(flagged('0x02', `0x${'00'.repeat(29)}`))).toThrow('flags');
  });

  it('is not made with texts that the contract refuses', () => {
    expect(() => encodeRecord({ ...record, label: '"' })).toThrow('label');
    expect(() => encodeRecord({ ...record, traits: '0x05' })).toThrow('trait');
  });

  it('of a first work is not a step’s', () => {
    expect(() => decodeStep(encodeRecord(record))).toThrow('paramsHash');
    expect(() => decodeStep(encodeRecord({ ...record, evolve: terms, params: 'x'.repeat(32) }))).toThrow('evolve terms');
  });
});
