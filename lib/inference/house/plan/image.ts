import type { Kernel } from '../kernel/kernel';
import { CFG, CFGI } from '../kernel/layout';

/** Typed windows on a kernel's memory image. */
export interface Image {
  f32: Float32Array;
  i32: Int32Array;
  u8: Uint8Array;
}

export function imageOf(kernel: Kernel, bytes: number): Image {
  const buffer = kernel.memory(bytes);
  return { f32: new Float32Array(buffer), i32: new Int32Array(buffer), u8: new Uint8Array(buffer) };
}

export function setF(image: Image, cell: number, ...values: readonly number[]): void {
  values.forEach((v, i) => {
    image.f32[CFG / 4 + cell + i] = v;
  });
}

export function setI(image: Image, cell: number, ...values: readonly number[]): void {
  values.forEach((v, i) => {
    image.i32[CFGI / 4 + cell + i] = v;
  });
}
