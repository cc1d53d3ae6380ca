import type { Hex } from 'viem';

/** From the worker: progress 0..1, then exactly one end. To it goes one HouseRequest. */
export type ReRunMessage = { kind: 'progress'; done: number } | { kind: 'done'; content: Hex } | { kind: 'failed'; message: string };
