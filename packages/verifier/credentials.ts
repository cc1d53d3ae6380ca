import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { readCredentials } from '../../lib/credentials/read-credentials';

/** The official C2PA reader's WebAssembly: beside this file, or where it is installed. Null: this copy goes without. */
function wasmFile(): string | URL | null {
  const beside = new URL('./c2pa_bg.wasm', import.meta.url);
  if (existsSync(beside)) return beside;
  try {
    return createRequire(import.meta.url).resolve('@contentauth/c2pa-wasm/c2pa.wasm');
  } catch {
    return null;
  }
}

/** A reader of Content Credentials by these roots, less the certificates whose numbers were revoked; opened when the first file is read; undefined where there is none. */
export function credentialsReader(rootsPem: string, revokedSerials: readonly string[]) {
  const path = wasmFile();
  if (!path) return undefined;
  return async (file: Uint8Array) => {
    const { default: init, WasmReader } = await import('@contentauth/c2pa-wasm');
    await init({ module_or_path: await readFile(path) });
    return readCredentials(WasmReader, file, { trustAnchorsPem: rootsPem.trim(), revokedSerials });
  };
}
