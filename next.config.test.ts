import { PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_SERVER } from 'next/constants';
import { getPathMatch } from 'next/dist/shared/lib/router/utils/path-match';
import { expect, test } from 'vitest';
import config from './next.config';

/** The headers that Next gives a path: of all rules that match, the last to say it. */
async function headersOf(path: string, phase = PHASE_PRODUCTION_SERVER): Promise<Record<string, string>> {
  const rules = (await config(phase).headers?.()) ?? [];
  const said = rules.filter(({ source }) => getPathMatch(source, { strict: true, removeUnnamedParams: true })(path));
  return Object.fromEntries(said.flatMap(({ headers }) => headers.map(({ key, value }) => [key, value])));
}
const nowhereToSend = expect.stringMatching(/default-src 'self';.*connect-src 'self'.*frame-ancestors 'none'/);

test.each(['/', '/explore', '/works/0190/file', '/api/v1/me', '/_next/data/x.json', '/_next/staticx', '/a/_next/static/x'])(
  '%s says all that a page may do',
  async (path) => {
    expect(await headersOf(path)).toMatchObject({
      'Content-Security-Policy': nowhereToSend,
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'strict-origin-when-cross-origin',
      'Permissions-Policy': expect.stringContaining('camera=()'),
      'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
      'Strict-Transport-Security': expect.stringContaining('max-age='),
    });
  },
);

test.each(['/_next/static/chunks/a-b_1.js', '/_next/static/media/a.woff2', '/_NEXT/Static/a.js'])(
  '%s says little, and does nothing as a page',
  async (path) => {
    expect(await headersOf(path)).toEqual({ 'Content-Security-Policy': 'sandbox', 'X-Content-Type-Options': 'nosniff' });
  },
);

test('a worker may do no more than its page', async () => {
  expect((await headersOf('/_next/static/chunks/turbopack-worker-1hrsqshz0gfey.js'))['Content-Security-Policy']).toBe(
    (await headersOf('/'))['Content-Security-Policy'],
  );
});

test('while developing every path has the headers of a page', async () => {
  for (const path of ['/', '/_next/static/chunks/worker.js'])
    expect(await headersOf(path, PHASE_DEVELOPMENT_SERVER)).toHaveProperty('X-Frame-Options');
});
