/** A column: what it stands for, and one value for each series. */
export type Column = { key: string; label: string; values: number[] };
/** A piece of a column, in percent of the chart: `from` its left edge and the chart's top. */
export type Piece = { key: string; series: number; x: number; y: number; width: number; height: number };
export type Stack = { pieces: Piece[]; zeroY: number };

const GAP = 0.28;

/** Lays columns out between the lowest and the highest tick: what is above zero is stacked upwards, what is below downwards. */
export function stackColumns(columns: Column[], { low, high }: { low: number; high: number }): Stack {
  const span = high - low;
  const yOf = (value: number) => ((high - value) / span) * 100;
  const slot = 100 / Math.max(1, columns.length);
  const pieces = columns.flatMap((column, i) => {
    let up = 0;
    let down = 0;
    return column.values.flatMap((value, series): Piece[] => {
      if (value === 0) return [];
      const [start, end] = value > 0 ? [up, up + value] : [down, down + value];
      if (value > 0) up = end;
      else down = end;
      const y = yOf(Math.max(start, end));
      return [{ key: `${column.key}-${series}`, series, x: (i + GAP / 2) * slot, width: slot * (1 - GAP), y, height: yOf(Math.min(start, end)) - y }];
    });
  });
  return { pieces, zeroY: yOf(0) };
}

/** The lowest and highest end of any stack. */
export function stackRange(columns: Column[]): { low: number; high: number } {
  const sums = (sign: 1 | -1) => columns.map(({ values }) => values.filter((v) => v * sign > 0).reduce((a, b) => a + b, 0));
  return { low: Math.min(0, ...sums(-1)), high: Math.max(0, ...sums(1)) };
}
