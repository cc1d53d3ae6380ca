const MAX_BYTES = 64;

/** A title to start from: what the work is called until it has one, in the characters a token's title may have. */
export function suggestLabel(title: string): string {
  const characters = [...title.replace(/[\p{Cc}"\\]/gu, '').trim()];
  while (new TextEncoder().encode(characters.join('')).length > MAX_BYTES) characters.pop();
  return characters.join('').trim();
}
