import type { ParameterValues } from './schema';

export type PriceTerms = { baseMillicredits: bigint; perMegapixelMillicredits: bigint };
export type PriceBreakdown = { totalMillicredits: bigint; lines: { label: string; millicredits: bigint }[] };

/** Price of one run: base + per megapixel (of width × height), the latter rounded up to a millicredit. */
export function priceRun(terms: PriceTerms, params: ParameterValues): PriceBreakdown {
  const { width, height } = params;
  const pixels = typeof width === 'number' && typeof height === 'number' ? BigInt(width) * BigInt(height) : 0n;
  const area = (terms.perMegapixelMillicredits * pixels + 999_999n) / 1_000_000n;
  const lines = [
    { label: 'One run', millicredits: terms.baseMillicredits },
    { label: `${width} × ${height} px`, millicredits: area },
  ].filter((line) => line.millicredits > 0n);
  return { totalMillicredits: terms.baseMillicredits + area, lines };
}
