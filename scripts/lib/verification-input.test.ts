import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keccak256, zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { planDeployment } from '@/lib/chain/deploy/plan-deployment';
import { checkSources, compileInput, keepInputs, type VerificationInput } from './verification-input';

const plan = planDeployment({ platformOwner: zeroAddress, platformSigner: zeroAddress });

describe('the verification inputs', { timeout: 300_000 }, () => {
  it('compile, as they are kept, to the code that is deployed', () => {
    const dir = mkdtempSync(join(tmpdir(), 'intaglio-verification-'));
    keepInputs(checkSources(plan), dir);
    expect(readdirSync(dir).sort()).toEqual(plan.map(({ codeHash }) => `${codeHash}.json`).sort());
    const till = plan.find(({ kind }) => kind === 'till');
    const path = join(dir, `${till?.codeHash}.json`);
    const kept = JSON.parse(readFileSync(path, 'utf8')) as VerificationInput;
    expect(Object.keys(kept.sources)).toEqual([
      'contracts/src/Till.sol',
      'node_modules/solady/src/auth/Ownable.sol',
      'node_modules/solady/src/utils/ReentrancyGuardTransient.sol',
      'node_modules/solady/src/utils/SafeTransferLib.sol',
    ]);
    expect(keccak256(compileInput(kept, 'Till'))).toBe(till?.codeHash);

    writeFileSync(path, 'as it was when the contract was deployed');
    keepInputs(new Map([[till?.codeHash ?? '0x', kept]]), dir);
    expect(readFileSync(path, 'utf8')).toBe('as it was when the contract was deployed');
    rmSync(dir, { recursive: true });
  });

  it('are refused where the sources give other code than is committed', () => {
    const [till] = plan.filter(({ kind }) => kind === 'till');
    expect(() => checkSources([{ ...till, codeHash: keccak256('0x') } as (typeof plan)[number]])).toThrow('does not give the committed code of Till');
  });
});
