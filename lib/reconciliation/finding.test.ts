import { expect, test } from 'vitest';
import { FINDINGS_SHOWN, factFinding, mostUrgent } from './finding';

test('what is told is bounded, and a crowd of notes hides no difference', () => {
  const about = (severity: 'note' | 'difference', subject: string) => factFinding({ kind: 'k', subject, severity, explanation: '' }, 'a', 'b');
  const notes = Array.from({ length: 10_000 }, (_, i) => about('note', `deposit ${i}`));
  const told = mostUrgent([...notes, about('difference', 'the one'), ...notes]);
  expect(told).toHaveLength(FINDINGS_SHOWN);
  expect(told[0]).toMatchObject({ subject: 'the one' });
});
