import { env } from '@/lib/env';

/** Sexual content with children: each of the first with any of the second, however far apart. */
const MINORS = [
  'child',
  'children',
  'kid',
  'kids',
  'toddler',
  'baby',
  'minor',
  'minors',
  'underage',
  'preteen',
  'schoolgirl',
  'schoolboy',
  'loli',
  'shota',
];
const SEXUAL = [
  'nude',
  'naked',
  'sex',
  'sexual',
  'porn',
  'porno',
  'erotic',
  'nsfw',
  'hentai',
  'undressed',
  'topless',
  'genitals',
  'lewd',
  'explicit',
];

/** Look-alikes that people write in place of letters. */
const FOLDED: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' };

/** Words as they are meant: accents, look-alikes and dots between letters do not hide one. */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[013457@$!]/g, (sign) => FOLDED[sign] ?? sign)
    .replaceAll(/(?<=\b\p{L})[.\-_*](?=\p{L}\b)/gu, '');
  return plain.split(/[^\p{L}]+/u).filter(Boolean);
}

/** Why a text is not run, as a word for the log; null where nothing of the list is in it. `MODERATION_PHRASES` adds to it. */
export function blockedPhrase(text: string): string | null {
  const words = wordsOf(text);
  const has = (list: string[]) => list.some((word) => words.includes(word));
  if (has(MINORS) && has(SEXUAL)) return 'minors';
  const line = ` ${words.join(' ')} `;
  return env.MODERATION_PHRASES.some((phrase) => line.includes(` ${wordsOf(phrase).join(' ')} `)) ? 'listed phrase' : null;
}
