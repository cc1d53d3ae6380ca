const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes of standard padded base64. Written out because atob and Buffer are not in every engine. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> {
  const codes = new Map([...ALPHABET].map((sign, i) => [sign, i]));
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const out = new Uint8Array((text.length / 4) * 3 - padding);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const sign of text) {
    const code = codes.get(sign);
    if (code === undefined) break;
    held = ((held << 6) | code) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out[at++] = (held >> bits) & 255;
  }
  return out;
}
