import { describe, expect, it } from 'vitest';
import { compareGas, gasFaults, readGas } from './gas';

const output = `
[PASS] testAMintToAFreshOwner() (gas: 175926)
Logs:
  gas mint.fresh: 125512

[PASS] testADepositOfEth() (gas: 413070)
Logs:
  gas till.eth: 23585
  another gas mint.repeat: 1
`;

describe('gas', () => {
  it('is read from the logs of the tests, and nothing else is', () => {
    expect(readGas(output)).toEqual({ 'mint.fresh': 125_512, 'till.eth': 23_585 });
  });

  it('is refused where a row was measured twice', () => {
    expect(() => readGas(output + output)).toThrow('mint.fresh is measured twice');
  });

  it('has no fault where it is what the snapshot says', () => {
    expect(gasFaults({ a: 1, b: 2 }, { a: 1, b: 2 }, true)).toEqual([]);
  });

  it('is a fault by one unit more, and asks for a new snapshot by one less', () => {
    expect(gasFaults({ a: 2 }, { a: 1 }, true)).toEqual(['gas: a costs 2, the snapshot says 1']);
    expect(gasFaults({ a: 1 }, { a: 2 }, true)).toEqual(["gas: a costs 1, less than the snapshot's 2. Run: npm run contracts:gas"]);
  });

  it('is a fault where a row is new, or was left out of a whole run', () => {
    expect(gasFaults({ a: 1 }, {}, true)).toEqual(['gas: a is not in the snapshot. Run: npm run contracts:gas']);
    expect(gasFaults({}, { a: 1 }, true)).toEqual(['gas: a of the snapshot was not measured']);
    expect(gasFaults({}, { a: 1 }, false)).toEqual([]);
  });

  it('is set beside a peer, and a missing row is named', () => {
    expect(compareGas('w', { a: 1 }, 'a', { p: 3 }, 'p')).toEqual({ what: 'w', ours: 1, baseline: 3, ratio: 0.3333, unit: 'gas' });
    expect(() => compareGas('w', {}, 'edition.10', { p: 3 }, 'p')).toThrow('did not measure edition.10');
    expect(() => compareGas('w', { a: 1 }, 'a', {}, 'peer.oz.fresh')).toThrow('did not measure peer.oz.fresh');
  });
});
