import type { Kernel } from './kernel';
export function plainKernel(): Kernel { throw new Error('later'); }
