/*
 * Unicode tables differ between JavaScript engines of different ages, so nothing here depends on them beyond
 * NFKD of three blocks that have been frozen since Unicode 6.
 */

const EMOJI: readonly (readonly [string, string])[] = [
  ['🔥', 'fire'],
  ['🌊', 'wave'],
  ['🌸', 'sakura'],
  ['🌹', 'rose'],
  ['🌺', 'flower'],
  ['🌻', 'sunflower'],
  ['🌿', 'leaf'],
  ['🍃', 'leaf'],
  ['🌲', 'forest'],
  ['🌳', 'forest'],
  ['🍁', 'maple'],
  ['🍂', 'autumn'],
  ['🌙', 'moon'],
  ['🌕', 'moon'],
  ['⭐', 'star'],
  ['🌟', 'star'],
  ['✨', 'magic'],
  ['🌌', 'galaxy'],
  ['🌈', 'rainbow'],
  ['☀', 'sun'],
  ['🌞', 'sun'],
  ['🌅', 'sunrise'],
  ['🌇', 'sunset'],
  ['❄', 'snow'],
  ['⛄', 'snow'],
  ['🧊', 'ice'],
  ['⚡', 'lightning'],
  ['⛈', 'storm'],
  ['🌧', 'rain'],
  ['🌫', 'fog'],
  ['🌋', 'volcano'],
  ['🏔', 'mountain'],
  ['🏜', 'desert'],
  ['🏝', 'island'],
  ['💎', 'diamond'],
  ['❤', 'love'],
  ['💜', 'purple'],
  ['💙', 'blue'],
  ['💚', 'green'],
  ['💛', 'yellow'],
  ['🧡', 'orange'],
  ['🖤', 'black'],
  ['🤍', 'white'],
  ['🤎', 'brown'],
  ['🍋', 'lemon'],
  ['🍊', 'orange'],
  ['🍓', 'berry'],
  ['🍇', 'grape'],
  ['🍫', 'chocolate'],
  ['🍯', 'honey'],
  ['🦋', 'butterfly'],
  ['🦚', 'peacock'],
  ['🐉', 'dragon'],
  ['🐍', 'snake'],
  ['🐙', 'octopus'],
  ['🎵', 'music'],
  ['🎉', 'party'],
  ['😡', 'angry'],
  ['😢', 'sad'],
  ['😊', 'happy'],
  ['😱', 'fear'],
  ['💀', 'skull'],
  ['🪷', 'lotus'],
  ['🏰', 'gothic'],
];
const EMOJI_WORDS: ReadonlyMap<number, string> = new Map(EMOJI.map(([sign, word]) => [sign.codePointAt(0) ?? 0, word]));

/** Longest prompt that is read, in tokens. */
export const MAX_TOKENS = 400;

function decomposes(code: number): boolean {
  return (code >= 0xc0 && code <= 0x17f) || (code >= 0x1e00 && code <= 0x1eff) || (code >= 0xff01 && code <= 0xff5e);
}

/** Lower case Latin words and digits, each emoji as its word, and any other script as tokens of its own. */
export function tokenize(prompt: string): string[] {
  const tokens: string[] = [];
  let word = '';
  const flush = () => {
    if (word) tokens.push(word);
    word = '';
  };
  for (const sign of prompt) {
    if (tokens.length >= MAX_TOKENS) return tokens;
    const code = sign.codePointAt(0) ?? 0;
    const emoji = EMOJI_WORDS.get(code);
    if (emoji) {
      flush();
      tokens.push(emoji);
      continue;
    }
    const plain = decomposes(code) ? sign.normalize('NFKD') : sign;
    for (const part of plain) word = addSign(word, part.codePointAt(0) ?? 0, flush);
  }
  flush();
  return tokens;

  function addSign(current: string, code: number, end: () => void): string {
    if (code >= 0x300 && code <= 0x36f) return current;
    if (code === 0xfe0f || code === 0x200d || code === 0x27 || code === 0x2019) return current;
    if (code >= 65 && code <= 90) return current + String.fromCharCode(code + 32);
    const kept = (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code > 0xbf && !isGap(code));
    if (kept) return current + String.fromCodePoint(code);
    end();
    return '';
  }
}

/** General punctuation, CJK punctuation and full width marks part words like a space does. */
function isGap(code: number): boolean {
  return (code >= 0x2000 && code <= 0x206f) || (code >= 0x3000 && code <= 0x303f) || code === 0xd7 || code === 0xf7;
}
