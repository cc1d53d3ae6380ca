import 'server-only';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { WasmBuilder, WasmReader } from '@contentauth/c2pa-wasm';
import { SyncFileReader } from './byte-blob';

/** The official C2PA library (c2pa-rs as WebAssembly): its reader, its builder, and how much memory it holds. */
export type C2pa = { WasmReader: typeof WasmReader; WasmBuilder: typeof WasmBuilder; memoryBytes: () => number };

// From the project's folder, as other files are found: a bundler would take a path beside this module for a module of its own.
const wasmFile = () => createRequire(join(process.cwd(), 'package.json')).resolve('@contentauth/c2pa-wasm/c2pa.wasm');

let opening: Promise<C2pa> | undefined;

async function open(): Promise<C2pa> {
  const { default: init, WasmReader, WasmBuilder } = await import('@contentauth/c2pa-wasm');
  const { memory } = await init({ module_or_path: await readFile(wasmFile()) });
  // The builder reads its input through a class that browsers have in workers only.
  const scope = globalThis as { FileReaderSync?: unknown };
  scope.FileReaderSync ??= SyncFileReader;
  return { WasmReader, WasmBuilder, memoryBytes: () => memory.buffer.byteLength };
}

/** Opens it at first use (9 MB, a quarter of a second) and keeps it: everything after that finds it warm. */
export function openC2pa(): Promise<C2pa> {
  opening ??= open().catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}
