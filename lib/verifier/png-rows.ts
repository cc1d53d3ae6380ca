function paeth(left: number, above: number, corner: number): number {
  const base = left + above - corner;
  const [toLeft, toAbove, toCorner] = [Math.abs(base - left), Math.abs(base - above), Math.abs(base - corner)];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

/** Undoes the filters of a PNG's rows in place (W3C PNG, 9.2). A row is its filter's byte, then `width` bytes. Throws on a filter that is none. */
export function unfilter(rows: Uint8Array, width: number, pixelBytes: number): void {
  const stride = width + 1;
  for (let start = 0; start < rows.length; start += stride) {
    const filter = rows[start] as number;
    if (filter > 4) throw new Error(`a row has filter ${filter}, which does not exist`);
    if (filter === 0) continue;
    const isFirst = start === 0;
    for (let i = 1; i <= width; i++) {
      const left = i > pixelBytes ? (rows[start + i - pixelBytes] as number) : 0;
      const above = isFirst ? 0 : (rows[start + i - stride] as number);
      const corner = isFirst || i <= pixelBytes ? 0 : (rows[start + i - stride - pixelBytes] as number);
      const guess = filter === 1 ? left : filter === 2 ? above : filter === 3 ? (left + above) >> 1 : paeth(left, above, corner);
      rows[start + i] = (rows[start + i] as number) + guess;
    }
  }
}

type Form = { width: number; height: number; samples: number; palette?: Uint8Array };

/** Rows without filters as RGBA: grey, grey with alpha, RGB, RGBA, or numbers of a palette. */
export function toRgba(rows: Uint8Array, { width, height, samples, palette }: Form): Uint8Array {
  const rgba = new Uint8Array(width * height * 4);
  const isGrey = samples <= 2;
  const hasAlpha = samples % 2 === 0;
  let to = 0;
  for (let y = 0; y < height; y++) {
    let from = y * (width * samples + 1) + 1;
    for (let x = 0; x < width; x++, from += samples, to += 4) {
      const entry = palette ? (rows[from] as number) * 3 : from;
      const source = palette ?? rows;
      if (entry + 2 >= source.length && palette) throw new Error('a pixel has a colour that the palette lacks');
      rgba[to] = source[entry] as number;
      rgba[to + 1] = source[palette || !isGrey ? entry + 1 : entry] as number;
      rgba[to + 2] = source[palette || !isGrey ? entry + 2 : entry] as number;
      rgba[to + 3] = hasAlpha ? (rows[from + samples - 1] as number) : 255;
    }
  }
  return rgba;
}
