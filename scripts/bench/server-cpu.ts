import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TICKS_PER_SECOND = 100; // USER_HZ, fixed on Linux

/**
 * CPU milliseconds that a Postgres server has used since its start, ended backends included: the postmaster, its living children, and
 * what it has reaped. Linux only (proc(5)); elsewhere there is no such figure and the caller leaves the row out.
 */
export function serverCpuMs(dataDir: string): number | null {
  if (process.platform !== 'linux') return null;
  const postmaster = Number(readFileSync(join(dataDir, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]);
  let ticks = 0;
  for (const entry of readdirSync('/proc')) {
    const stat = /^\d+$/.test(entry) ? statOf(Number(entry)) : null;
    if (stat && (stat.pid === postmaster || stat.parent === postmaster)) ticks += stat.own + (stat.pid === postmaster ? stat.reaped : 0);
  }
  return (ticks * 1000) / TICKS_PER_SECOND;
}

function statOf(pid: number): { pid: number; parent: number; own: number; reaped: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' '); // the name may hold spaces; fields[0] is field 3
    const at = (field: number) => Number(fields[field - 3]);
    return { pid, parent: at(4), own: at(14) + at(15), reaped: at(16) + at(17) };
  } catch {
    return null; // ended between the listing and the reading
  }
}
