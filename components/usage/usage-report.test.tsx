import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { UsageDto, UsageSpan } from '@/lib/gateway/usage/schema';
import { UsageReport } from './usage-report';

const span: UsageSpan = { days: 7, bucket: 'day', from: '2026-11-25T00:00:00.000Z', to: '2026-12-02T00:00:00.000Z' };
const figures = { calls: 10, errors: 2, p50Ms: 12, p95Ms: 840, runs: 3, delivered: 2, millicredits: '4500' };
const nothing = { calls: 0, errors: 0, p50Ms: null, p95Ms: null, runs: 0, delivered: 0, millicredits: '0' };
const usage: UsageDto = {
  span,
  total: figures,
  byKey: [{ ...figures, id: 'k', name: 'Gallery (igl_abc…)' }],
  byModel: [{ ...figures, id: 'nacre', name: 'nacre' }],
  byDoor: [{ ...figures, id: 'key', name: 'API key' }],
  buckets: [
    { ...nothing, id: '2026-11-30T00:00:00.000Z', name: '' },
    { ...figures, id: '2026-12-01T00:00:00.000Z', name: '2026-12-01' },
  ],
  errors: [{ code: 'cap_reached', calls: 2 }],
};
const draw = (shown: UsageDto | null) => renderToStaticMarkup(<UsageReport usage={shown} span={span} here="/usage" />);

test('usage is drawn, told in tables, and a file away', () => {
  const html = draw(usage);
  for (const text of ['Gallery (igl_abc…)', '4.5', '840 ms', 'API key', 'href="/docs/errors#cap_reached"', 'href="/usage/export?days=7"'])
    expect(html).toContain(text);
  expect(html.match(/<svg/g)).toHaveLength(4);
  // Runs: delivered and not; credits; calls: answered and errors; latency: two. Nothing is drawn for the day with nothing.
  expect(html.match(/stroke-paper/g)).toHaveLength(7);
});

test('nothing, and too much, are said in words', () => {
  expect(draw({ ...usage, total: nothing })).toContain('Nothing in this time.');
  expect(draw(null)).toContain('more calls than can be counted');
});
