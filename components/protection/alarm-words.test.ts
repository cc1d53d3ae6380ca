import { expect, test } from 'vitest';
import type { AlarmDto } from '@/lib/protection/schema';
import { alarmWords } from './alarm-words';

const about = { id: 'a', addresses: ['0x01'], firstAt: '2026-12-01T00:00:00.000Z', lastAt: '2026-12-01T00:00:00.000Z' };
const hour = 3_600_000;
const linked: AlarmDto = {
  ...about,
  kind: 'linked',
  evidence: { wallets: 3, payers: 1, addresses: 0, prompts: 12, runs: 90, fromMs: 0, toMs: hour, jointly: 'grid' },
};
const seeds: AlarmDto = {
  ...about,
  kind: 'seeds',
  evidence: { runs: 160, distinctSeeds: 160, distinctPrompts: 1, fromMs: 0, toMs: 72 * hour, medianGapMs: 90_000, counting: 1, overTime: [160] },
};

test('evidence is said in words, with what is harmless about it', () => {
  expect(alarmWords(linked).facts[0]).toBe('3 wallets with 90 runs. In common: who paid for their passes or credits, 12 prompts within hours.');
  expect(alarmWords(linked).facts[1]).toMatch(/^Taken together: /);
  expect(alarmWords(seeds).facts).toEqual([
    '160 runs with the same settings and almost the same words (1 prompt), 160 seeds, in 3 days.',
    'Half of them came within 1 min 30 s of the one before; 100 % of the seeds count up by one.',
  ]);
  for (const alarm of [linked, seeds]) expect(alarmWords(alarm).harmless.length).toBeGreaterThan(20);
});
