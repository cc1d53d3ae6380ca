import { expect, test, vi } from 'vitest';

vi.stubEnv('OPERATOR_ADDRESSES', '0x14dC79964da2C08b23698B3D3cc7Ca32193d9955, 0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f');
const { isOperator, requireOperator } = await import('./operator');

test('an operator is whoever the setting names, however the address is spelled', () => {
  expect(isOperator({ address: '0x14dc79964da2c08b23698b3d3cc7ca32193d9955' })).toBe(true);
  expect(isOperator({ address: '0x23618E81e3f5CDF7F54c3D65f7fbc0abf5b21e8F' })).toBe(true);
});

test('nobody else is, and is told that it is not theirs to do', () => {
  const stranger = { address: '0x0000000000000000000000000000000000000001' } as const;
  expect(isOperator(stranger)).toBe(false);
  expect(() => requireOperator(stranger)).toThrow(expect.objectContaining({ code: 'forbidden' }));
});
