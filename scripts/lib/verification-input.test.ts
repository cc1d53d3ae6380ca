import { describe, expect, it } from 'vitest';
import { deployables } from '@/lib/chain/deploy/deployables';
import { compileInput, verificationInput } from './verification-input';

describe('the verification input', { timeout: 300_000 }, () => {
  it.each(deployables)('of $contract compiles to the code that is deployed', ({ contract, creationCode }) => {
    const input = verificationInput(contract);
    expect(compileInput(input, contract) === creationCode).toBe(true);
  });
});
