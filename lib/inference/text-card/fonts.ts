import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { SatoriOptions } from 'satori';

/**
 * The house's letters, then Noto for what they lack: Latin with all its marks, Vietnamese, Cyrillic, Greek, signs, emoji in ink. Files of packages, never the
 * machine's, so that a card is the same wherever it is drawn. Each under a name of its own: of two files under one name only the first is looked into.
 */
const FILES = {
  Newsreader: '@fontsource/newsreader/files/newsreader-latin-400-normal.woff',
  'Newsreader Extended': '@fontsource/newsreader/files/newsreader-latin-ext-400-normal.woff',
  'Newsreader Vietnamese': '@fontsource/newsreader/files/newsreader-vietnamese-400-normal.woff',
  'Noto Cyrillic': '@fontsource/noto-serif/files/noto-serif-cyrillic-400-normal.woff',
  'Noto Cyrillic Extended': '@fontsource/noto-serif/files/noto-serif-cyrillic-ext-400-normal.woff',
  'Noto Greek': '@fontsource/noto-serif/files/noto-serif-greek-400-normal.woff',
  'Noto Greek Extended': '@fontsource/noto-serif/files/noto-serif-greek-ext-400-normal.woff',
  'Noto Latin': '@fontsource/noto-serif/files/noto-serif-latin-ext-400-normal.woff',
  'Noto Mathematics': '@fontsource/noto-sans-math/files/noto-sans-math-latin-400-normal.woff',
  'Noto Symbols': '@fontsource/noto-sans-symbols-2/files/noto-sans-symbols-2-symbols-400-normal.woff',
  'Noto Emoji': '@fontsource/noto-emoji/files/noto-emoji-emoji-400-normal.woff',
};
const CAPTION = '@fontsource/newsreader/files/newsreader-latin-400-italic.woff';

export const TEXT_FAMILY = Object.keys(FILES).join(', ');
export const CAPTION_FAMILY = `Caption, ${TEXT_FAMILY}`;

const { resolve } = createRequire(import.meta.url);
let loaded: SatoriOptions['fonts'] | undefined;

/** Read at first use. */
export function cardFonts(): SatoriOptions['fonts'] {
  loaded ??= Object.entries({ ...FILES, Caption: CAPTION }).map(([name, file]) => ({
    name,
    data: readFileSync(resolve(file)),
    weight: 400,
    style: 'normal',
  }));
  return loaded;
}
