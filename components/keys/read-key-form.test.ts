import { expect, test, vi } from 'vitest';
import { readKeyForm } from './read-key-form';

const form = (fields: Record<string, string>, models: string[] = []) => {
  const data = new FormData();
  for (const [name, value] of Object.entries({ name: 'Poster bot', run: 'on', capDay: '', capMonth: '', capTotal: '', days: '0', ...fields }))
    data.set(name, value);
  for (const model of models) data.append('model', model);
  return data;
};

test('a form is read as a key with scopes, models, caps and an end', () => {
  vi.useFakeTimers({ now: new Date('2026-12-01T00:00:00Z') });
  expect(readKeyForm(form({ read: 'on', capDay: '2.5', days: '7' }, ['nacre', 'strata']))).toEqual({
    name: 'Poster bot',
    scopes: ['run', 'read'],
    models: ['nacre', 'strata'],
    passId: null,
    capDay: '2500',
    capMonth: null,
    capTotal: null,
    expiresAt: '2026-12-08T00:00:00.000Z',
  });
  vi.useRealTimers();
  expect(readKeyForm(form({}))).toMatchObject({ scopes: ['run'], expiresAt: null });
});

test('a pass that is chosen is what the key comes in with', () => {
  expect(readKeyForm(form({ pass: '31337:0xc0:100000001' }))).toMatchObject({ passId: '31337:0xc0:100000001' });
  expect(readKeyForm(form({ pass: '' }))).toMatchObject({ passId: null });
});

test('what is missing is said', () => {
  expect(readKeyForm(form({ name: '  ' }))).toBe('Give the key a name.');
  expect(readKeyForm(form({ capTotal: 'much' }))).toBe('A cap is an amount of credits, or empty.');
  const nothing = form({});
  nothing.delete('run');
  expect(readKeyForm(nothing)).toBe('Choose what the key is for.');
});
