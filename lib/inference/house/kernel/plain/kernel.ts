import type { Kernel } from '../kernel';
import { Memory } from './arithmetic';
import { fieldRow } from './fields';
import { nacreRow } from './nacre';
import { clearRow, resolveRow } from './resolve';
import { strataRow } from './strata';
import { vitrailRow } from './vitrail';

/** The oracle kernel: slow, and free of everything but plain arithmetic. */
export function plainKernel(): Kernel {
  const memory = new Memory();
  return {
    memory: (bytes) => memory.grow(bytes),
    fieldRow: (y) => fieldRow(memory, y),
    nacreRow: (y) => nacreRow(memory, y),
    strataRow: (y) => strataRow(memory, y),
    vitrailRow: (y) => vitrailRow(memory, y),
    clearRow: () => clearRow(memory),
    resolveRow: (y) => resolveRow(memory, y),
  };
}
