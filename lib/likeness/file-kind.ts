const MAX_TEXT_BYTES = 256 * 1024;
export const NO_RECORD = 'This file carries no record: it is not the PNG as it was downloaded.';
export const NO_SUCH_TEXT = 'No public work has exactly this text. One other letter makes it another.';

/** `picture`: one that never carries a record of ours, JPEG or WebP. */
export type FileKind = { is: 'png' | 'picture' | 'nothing' } | { is: 'text'; text: string };

/** What a file is, by its bytes; its name and its type are anybody's word. In the browser as on the server. */
export function kindOfFile(bytes: Uint8Array): FileKind {
  const begins = (text: string, at = 0) => [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));
  if (begins('\x89PNG\r\n\x1a\n')) return { is: 'png' };
  if (begins('\xff\xd8\xff') || (begins('RIFF') && begins('WEBP', 8))) return { is: 'picture' };
  const text = bytes.length > 0 && bytes.length <= MAX_TEXT_BYTES ? decodeText(bytes) : null;
  return text === null ? { is: 'nothing' } : { is: 'text', text };
}

function decodeText(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

/** The value of a text that is a JSON object; null for any other text. */
export function readJson(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
