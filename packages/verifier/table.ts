import type { Check, VerifyRow } from '../../lib/verifier/schema';

const RESULTS = { ok: 'ok', failed: 'FAILED', not_checked: '-' } as const;
const VERDICTS = { verified: 'VERIFIED', broken: 'BROKEN', unknown: 'NOT KNOWN' } as const;
const WIDTH = 100;
const INDENT = ' '.repeat(8);

/** What a file or a node says could hold codes that a terminal obeys. */
const printable = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '�');

function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(' ')) {
    if (line && line.length + word.length + 1 > WIDTH - INDENT.length) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line].map((each) => INDENT + each);
}

function linesOf({ result, checked, meaning, detail, repeatable }: VerifyRow): string[] {
  return [RESULTS[result].padEnd(INDENT.length) + checked, ...wrapped(meaning), ...wrapped(detail), ...wrapped(`Who can repeat this: ${repeatable}`)];
}

/** The result for people, in plain text. */
export function table({ verdict, summary, rows }: Check): string {
  return [...rows.flatMap((row) => [...linesOf(row), '']), `${VERDICTS[verdict]}: ${printable(summary)}`].join('\n');
}
