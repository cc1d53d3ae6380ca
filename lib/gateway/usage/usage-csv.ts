import { type CsvCell, toCsv } from '@/lib/csv';
import { decimalCredits } from '@/lib/money';
import type { UsageLine } from './get-usage';

const COLUMNS = ['from', 'key', 'model', 'door', 'calls', 'errors', 'p50_ms', 'p95_ms', 'runs', 'delivered', 'credits'];

/** Usage as a file: a line for each hour or day, key, model and door. */
export const usageCsv = (lines: UsageLine[]): string =>
  toCsv(
    COLUMNS,
    lines.map((line): CsvCell[] => [
      ...[line.at, line.key, line.model, line.door, line.calls, line.errors, line.p50Ms, line.p95Ms, line.runs, line.delivered],
      decimalCredits(BigInt(line.millicredits)),
    ]),
  );
