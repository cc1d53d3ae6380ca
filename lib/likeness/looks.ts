import 'server-only';
// The library behind sharp stays loaded only where the first thread of a process has loaded it, and this is no thread.
import 'sharp';
import { threadPool } from '@/lib/thread-pool';
import type { Looks, LookTasks } from './look-thread';

const run = threadPool<LookTasks>('lib/likeness/look-thread.ts', 1);

/** Decodes a PNG, JPEG or WebP in a thread of its own; what is none, or is damaged or too large, has a `problem`. */
export const looksOf = (file: Uint8Array): Promise<Looks | { problem: string }> => run('look', file);
