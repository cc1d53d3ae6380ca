import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvResponse, streamCsv, toCsv } from './csv';

test('rows end with CRLF, and commas, quotes and line breaks stay inside their cell', () => {
  expect(
    toCsv(
      ['what', 'credits'],
      [
        ['a "plate", inked', 12n],
        ['two\nlines', null],
      ],
    ),
  ).toBe('what,credits\r\n"a ""plate"", inked",12\r\n"two\nlines",\r\n');
});

test.each(['=1+1', '+1', '-1+cmd', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '-', '-1,5'])('%j from somebody is text in a spreadsheet', (text) => {
  expect(
    toCsv(['t'], [[text]])
      .slice(3)
      .replace(/^"/, '')
      .startsWith("'"),
  ).toBe(true);
});

test.each([
  ["Mist;=cmd|' /C calc'!A0", "Mist;'=cmd|' /C calc'!A0"],
  ['a\t@x', "a\t'@x"],
  ['a\n +1', "a\n' +1"],
  ['a; ; -1', "a; ;' -1"],
  [' =1', "' =1"],
  ['a;"=1"', 'a;\'"=1"'],
])('%j is text where another separator makes cells of it, too', (text, disarmed) => {
  expect(parse(toCsv(['t', 'n'], [[text, 1]]))[1]).toEqual([disarmed, '1']);
});

test('numbers stay numbers, below zero too', () => {
  expect(toCsv(['n'], [[-5n], [-1.5], ['-12.345'], ['7']])).toBe('n\r\n-5\r\n-1.5\r\n-12.345\r\n7\r\n');
});

/** Reads RFC 4180 back, so that the property below does not trust the writer. */
function parse(text: string): string[][] {
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/y;
  const rows: string[][] = [[]];
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    const raw = match[1] ?? '';
    rows.at(-1)?.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (match[2] === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

test('whatever the texts are, every cell comes back, and none begins like a formula', () => {
  const text = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '"', ',', ';', ' ', '\r', '\n', '\t', "'", 'a', '1', '.') });
  fc.assert(
    fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 2 })), (rows) => {
      const read = parse(toCsv(['a', 'b'], rows)).slice(1);
      // Apostrophes are ours or theirs; all the rest comes back as it was.
      const plain = (cells: string[][]) => cells.map((row) => row.map((c) => c.replaceAll("'", '')));
      expect(plain(read)).toEqual(plain(rows));
      const starts = read.flat().flatMap((c) => (/^-?\d+(\.\d+)?$/.test(c) ? [] : c.split(/[;\t\r\n]/)));
      for (const start of starts) expect(start).not.toMatch(/^[ "]*[=+\-@]/);
    }),
  );
});

test('a download says what it is and is kept by nobody', () => {
  const { headers } = csvResponse('earnings.csv', '');
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(headers.get('content-disposition')).toBe('attachment; filename="earnings.csv"');
  expect(headers.get('cache-control')).toBe('no-store');
});

test('a file in pieces is the same file, and no page is read before it is asked for', async () => {
  let pages = 0;
  async function* endless() {
    for (;;) yield [[`page ${++pages}`, BigInt(pages)]];
  }
  const reader = streamCsv(['what', 'n'], endless()).getReader();
  const read = async () => new TextDecoder().decode((await reader.read()).value);
  expect([await read(), await read(), await read()].join('')).toBe('what,n\r\npage 1,1\r\npage 2,2\r\n');
  await reader.cancel();
  expect(pages).toBeLessThan(5);
});
