type Uncovered = { file: string; line: number; what: 'line' | 'branch' };
export type Coverage = { lines: number; branches: number; uncovered: Uncovered[] };

/** Lines and branches of the files below `folder` in an lcov report, and those that no test reached. */
export function readLcov(report: string, folder: string): Coverage {
  const coverage: Coverage = { lines: 0, branches: 0, uncovered: [] };
  let file = '';
  for (const text of report.split('\n')) {
    const [key, value = ''] = text.split(/:(.*)/);
    if (key === 'SF') file = value;
    if (!file.startsWith(folder) || (key !== 'DA' && key !== 'BRDA')) continue;
    const what = key === 'DA' ? 'line' : 'branch';
    const fields = value.split(',');
    // DA:line,count and BRDA:line,block,branch,count; `-` where the branching itself was never reached.
    const count = fields[what === 'line' ? 1 : 3];
    coverage[what === 'line' ? 'lines' : 'branches'] += 1;
    if (count === '0' || count === '-') coverage.uncovered.push({ file, line: Number(fields[0]), what });
  }
  return coverage;
}
