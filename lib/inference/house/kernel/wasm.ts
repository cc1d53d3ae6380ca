import { bytesOfBase64 } from './base64';
import type { Kernel } from './kernel';
import { KERNEL_BASE64 } from './wasm-bytes';

const PAGE = 65536;

type RowFunction = (y: number) => void;

let compiled: WebAssembly.Module | undefined;

function rowFunction(exported: WebAssembly.Exports, name: string): RowFunction {
  const found = exported[name];
  if (typeof found !== 'function') throw new Error(`kernel has no ${name}`);
  return found as RowFunction;
}

/** A fresh instance of the committed SIMD kernel. Compiled once per realm. */
export function wasmKernel(): Kernel {
  compiled ??= new WebAssembly.Module(bytesOfBase64(KERNEL_BASE64));
  const { exports } = new WebAssembly.Instance(compiled, {});
  const { memory } = exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('kernel has no memory');
  const clearRow = rowFunction(exports, 'clearRow');
  return {
    memory: (bytes) => {
      const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
      if (missing > 0) memory.grow(missing);
      return memory.buffer;
    },
    fieldRow: rowFunction(exports, 'fieldRow'),
    nacreRow: rowFunction(exports, 'nacreRow'),
    strataRow: rowFunction(exports, 'strataRow'),
    vitrailRow: rowFunction(exports, 'vitrailRow'),
    clearRow: () => clearRow(0),
    resolveRow: rowFunction(exports, 'resolveRow'),
  };
}
