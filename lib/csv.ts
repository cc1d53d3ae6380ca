/** A value of a CSV file. Text may come from anybody; bigints and numbers are ours. */
export type CsvCell = string | number | bigint | null;

/**
 * Where a spreadsheet takes text for a formula (OWASP's list, with the full-width signs that some locales accept): at the start of a cell, and
 * where one begins inside ours for whoever reads files with `;` or tabs between cells.
 */
const FORMULA_START = /(^|[;\t\r\n])(?=[ \u00a0"]*[=+\-@＝＋－＠])/g;
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  const text = String(cell);
  // An apostrophe keeps a spreadsheet from running it. A plain number cannot be a formula, and stays one that can be summed.
  const safe = PLAIN_NUMBER.test(text) ? text : text.replace(FORMULA_START, "$1'").replace(/^(?=[\t\r\n])/, "'");
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as CSV (RFC 4180: CRLF, quotes doubled), with nothing in it that a spreadsheet would run. */
export function toCsv(header: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  return [header, ...rows].map(csvLine).join('');
}

const csvLine = (row: readonly CsvCell[]) => `${row.map(cellText).join(',')}\r\n`;

/** The same in pieces, for a file that is longer than memory: each page is read when the one before it has left. */
export function streamCsv(header: readonly string[], pages: AsyncIterable<readonly (readonly CsvCell[])[]>): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder();
  async function* pieces() {
    yield bytes.encode(csvLine(header));
    for await (const rows of pages) yield bytes.encode(rows.map(csvLine).join(''));
  }
  const left = pieces();
  return new ReadableStream({
    async pull(controller) {
      const { value } = await left.next();
      if (value) controller.enqueue(value);
      else controller.close();
    },
    // Who breaks a download off reads no further page.
    cancel: async () => void (await left.return()),
  });
}

/** A CSV file as a download. Never cached: it is somebody's money. */
export function csvResponse(filename: string, body: string | ReadableStream<Uint8Array>): Response {
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${filename}"`,
      'cache-control': 'no-store',
    },
  });
}
