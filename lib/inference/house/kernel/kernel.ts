/** What runs a plan: one memory image (see layout.ts) and the row functions that work on it. */
export interface Kernel {
  /** Makes room for `bytes` and returns the image; earlier views are void after it. */
  memory(bytes: number): ArrayBuffer;
  /** Network fields of sample row y into the ring. */
  fieldRow(y: number): void;
  nacreRow(y: number): void;
  strataRow(y: number): void;
  vitrailRow(y: number): void;
  clearRow(): void;
  /** Accumulated samples to 8-bit sRGB of output row y. */
  resolveRow(y: number): void;
}

export type KernelKind = 'wasm' | 'plain';
