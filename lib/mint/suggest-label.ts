const MAX_BYTES = 64;

/** A title to start from: the model's name and the first digits of the content digest. Says nothing private. */
export function suggestLabel(modelName: string, content: string): string {
  const suffix = ` ${content.slice(2, 8)}`;
  const characters = [...modelName.replace(/[\p{Cc}"\\]/gu, '').trim()];
  const bytes = () => new TextEncoder().encode(characters.join('') + suffix).length;
  while (bytes() > MAX_BYTES) characters.pop();
  return (characters.join('') + suffix).trim();
}
