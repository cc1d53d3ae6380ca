import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkSettings, settings } from './env';

const complete = { DATABASE_URL: 'postgresql://u:p@h/d', RPC_URL: 'https://rpc.example', WRAPPING_KEY: 'ab'.repeat(32) };

describe('settings', () => {
  it('are fine with the three required ones alone', () => {
    expect(checkSettings(complete)).toEqual([]);
  });
  it.each(Object.keys(complete))('name %s when it is missing, and say how to get it', (name) => {
    expect(checkSettings({ ...complete, [name]: '' })).toEqual([{ name, problem: 'is not set', how: expect.stringMatching(/\w/) }]);
  });
  it.each([
    ['DATABASE_URL', 'mysql://h/d'],
    ['WRAPPING_KEY', 'short'],
    ['CONFIRMATIONS', 'many'],
    ['PUBLIC_URL', 'localhost'],
    ['PLATFORM_FEE_BPS', '6000'],
    ['KEYS_IN_KMS', 'version,plattform'],
    ['HOLDING_CHAINS', '1=https://rpc.example,https://other.example'],
    ['HOLDING_CHAINS', '1=https://rpc.example,1=https://other.example'],
    ['KMS_REGION', 'https://kms.example'],
  ])('refuse %s=%s', (name, value) => {
    expect(checkSettings({ ...complete, [name]: value }).map((p) => p.name)).toEqual([name]);
  });
  it('are all in the README', () => {
    const readme = readFileSync('README.md', 'utf8');
    expect(Object.keys(settings).filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});
