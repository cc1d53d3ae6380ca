import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSecrets } from './secrets';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'intaglio-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('makes the keys once, for their owner only', () => {
  const made = loadSecrets(folder);
  expect(made.wrappingKey).toMatch(/^[0-9a-f]{64}$/);
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(loadSecrets(folder)).toEqual(made);
});

test('never makes new keys over data that the old ones open', () => {
  mkdirSync(join(folder, 'pg'));
  expect(() => loadSecrets(folder)).toThrow(/missing or unreadable/);
  rmSync(join(folder, 'pg'), { recursive: true });
  writeFileSync(join(folder, 'secrets.json'), '{"wrappingKey": "ab');
  expect(() => loadSecrets(folder)).toThrow(/missing or unreadable/);
});
