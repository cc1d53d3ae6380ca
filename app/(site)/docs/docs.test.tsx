import { readFileSync } from 'node:fs';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Markdown, titleOf } from '@/components/docs/markdown';
import { ERROR_CODES } from '@/lib/errors';
import { gatewayOpenApi } from '@/lib/gateway/openapi/document';
import ApiPage from './api/page';
import ErrorsPage from './errors/page';

const docs = ['webhooks', 'signed-requests'].map((name) => readFileSync(new URL(`../../../docs/${name}.md`, import.meta.url), 'utf8'));
const words = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .split(/\W+/);

test('our texts are shown with every word of theirs, and with nothing of a text as HTML', () => {
  for (const text of docs) {
    const shown = new Set(words(renderToStaticMarkup(<Markdown text={text} />)).concat(words(titleOf(text))));
    const written = text
      .replace(/\]\([^)]*\)/g, ']')
      .replace(/^```\w+$/gm, '')
      .split(/\W+/);
    expect(written.filter((word) => !shown.has(word))).toEqual([]);
  }
  const hostile = renderToStaticMarkup(<Markdown text={'a <b onclick="x">bold</b>\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))'} />);
  expect(hostile).not.toMatch(/<script|<b |href="javascript:alert/);
});

test('the page of the API has every operation and schema, and each of its links leads somewhere on it', () => {
  const html = renderToStaticMarkup(<ApiPage />);
  const { paths, components } = gatewayOpenApi();
  const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
  for (const id of [...ids, ...Object.keys(components.schemas)]) expect(html).toContain(`id="${id}"`);
  const anchors = [...html.matchAll(/href="#(\w+)"/g)].map(([, name]) => name);
  expect(anchors.length).toBeGreaterThan(20);
  for (const name of anchors) expect(html).toContain(`id="${name}"`);
});

test('every code that the API names, and every other, has its place on the page of errors', () => {
  const html = renderToStaticMarkup(<ErrorsPage />);
  for (const code of ERROR_CODES) expect(html).toContain(`id="${code}"`);
  const named = [...renderToStaticMarkup(<ApiPage />).matchAll(/href="\/docs\/errors#(\w+)"/g)].map(([, code]) => code ?? '');
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((code) => !(ERROR_CODES as string[]).includes(code))).toEqual([]);
});
