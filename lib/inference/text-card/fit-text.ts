import { TEXT_FAMILY } from './fonts';
import { type Box, box, layOut } from './lay-out';

/** Large letters for a line, small ones for a page. */
const SIZES_PX = [76, 60, 48, 40, 34];
const SMALLEST_PX = 34;
const LINE_HEIGHT = 1.42;
/** More than ever fits, whatever is in it. */
const MOST_CHARACTERS = 2_400;
/** How far back a cut looks for a space. */
const BACK = 40;

export type Fitted = { fontSize: number; shown: string; moreWords: number };

const words = new Intl.Segmenter('en', { granularity: 'word' });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const countWords = (text: string) => [...words.segment(text)].filter(({ isWordLike }) => isWordLike).length;

export const textBox = (text: string, fontSize: number, width: number): Box =>
  box(
    { display: 'block', width, fontFamily: TEXT_FAMILY, fontSize, lineHeight: LINE_HEIGHT, whiteSpace: 'pre-wrap', wordBreak: 'break-word' },
    text,
    'text',
  );

async function fits(text: string, fontSize: number, { width, height }: { width: number; height: number }): Promise<boolean> {
  const { heights } = await layOut(box({ width }, [textBox(text, fontSize, width)]), { width }, true);
  return (heights.get('text') ?? Number.POSITIVE_INFINITY) <= height;
}

/** The largest letters in which a text has room, or as much of it as has room in the smallest, and how many words that leaves out. */
export async function fitText(text: string, room: { width: number; height: number }): Promise<Fitted> {
  const whole = text.trim();
  if (whole.length <= MOST_CHARACTERS) {
    for (const fontSize of SIZES_PX) if (await fits(whole, fontSize, room)) return { fontSize, shown: whole, moreWords: 0 };
  }
  const shown = await cutToFit(whole.slice(0, MOST_CHARACTERS), room);
  return { fontSize: SMALLEST_PX, shown, moreWords: Math.max(1, countWords(whole) - countWords(shown)) };
}

/** The longest beginning that has room, with an ellipsis: found by halving, cut between characters and, where one is near, at a space. */
async function cutToFit(text: string, room: { width: number; height: number }): Promise<string> {
  const ends = [...graphemes.segment(text)].map(({ index, segment }) => index + segment.length);
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (await fits(`${text.slice(0, ends[middle - 1])} …`, SMALLEST_PX, room)) low = middle;
    else high = middle - 1;
  }
  const cut = text.slice(0, ends[low - 1] ?? 0);
  const space = cut.search(/\s\S*$/);
  return space > cut.length - BACK ? `${cut.slice(0, space).trimEnd()} …` : `${cut.trimEnd()}…`;
}
