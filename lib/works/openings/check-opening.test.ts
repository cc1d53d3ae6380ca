import { createHash, randomBytes } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';
import { checkOpening } from './check-opening';

const salt = `0x${randomBytes(16).toString('hex')}`;
const prompt = 'a quiet plate, € 𝄞\n ';
const promptHash = `0x${createHash('sha256')
  .update(Buffer.from(salt.slice(2), 'hex'))
  .update(prompt)
  .digest('hex')}`;

afterEach(() => vi.unstubAllGlobals());

it('a prompt is said to be the one that was signed only where salt and prompt hash to the fingerprint, to the letter', async () => {
  expect(await checkOpening({ salt, prompt, promptHash })).toBe('holds');
  expect(await checkOpening({ salt, prompt: prompt.trim(), promptHash })).toBe('fails');
  expect(await checkOpening({ salt, prompt: prompt.normalize('NFD').replace('€', 'E'), promptHash })).toBe('fails');
  expect(await checkOpening({ salt: `0x${'00'.repeat(16)}`, prompt, promptHash })).toBe('fails');
  expect(await checkOpening({ salt, prompt, promptHash: promptHash.toUpperCase() })).toBe('fails');
});

it('a part of the prompt cannot be passed off as salt', async () => {
  const longer = `${salt}${Buffer.from('a').toString('hex')}`;
  expect(await checkOpening({ salt: longer, prompt: prompt.slice(1), promptHash })).toBe('fails');
});

it('a browser without hashes says that it cannot check, and not that it holds', async () => {
  vi.stubGlobal('crypto', {});
  expect(await checkOpening({ salt, prompt, promptHash })).toBe('unable');
});
