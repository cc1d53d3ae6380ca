export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Runs `work` over the items, `limit` at a time. */
export async function mapLimited<T>(items: T[], limit: number, work: (item: T, index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let i = next++; i < items.length; i = next++) await work(items[i] as T, i);
  };
  await Promise.all(Array.from({ length: limit }, lane));
}

type Row = { what: string; ours: number; baseline: number; unit: string };

/** A table for people, then, as the last line, the same as JSON. */
export function printBench(bench: string, rows: Row[]): void {
  const round = (value: number) => Number(value.toPrecision(4));
  const full = rows.map((row) => ({
    what: row.what,
    ours: round(row.ours),
    baseline: round(row.baseline),
    ratio: round(row.ours / row.baseline),
    unit: row.unit,
  }));
  if (!process.argv.includes('--json')) console.table(full);
  console.log(JSON.stringify({ bench, rows: full }));
}
