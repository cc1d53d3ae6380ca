import { checkWithHouse } from '@/lib/provenance/check-with-house';
import type { Digests, HouseAnswer, VerifyReport } from '@/lib/provenance/schema';
import { chainReader, httpRequest } from '@/lib/verifier/chain-reader';
import { postVerify } from './ask-server';

export type CheckHere = { report: VerifyReport; readCredentials(): Promise<VerifyReport> };

const askHouse = (digests: Digests): Promise<HouseAnswer> => postVerify({ digests });

/** The official reader: 9 MB of WebAssembly, fetched from us when somebody asks for it. */
async function c2paReader() {
  const { default: init, WasmReader } = await import('@contentauth/c2pa-wasm');
  await init({ module_or_path: new URL('@contentauth/c2pa-wasm/c2pa.wasm', import.meta.url) });
  return WasmReader;
}

/**
 * Checks a file in this browser: its bytes stay here. The house is told digests, and the chain is asked through our node. Loaded when the first file
 * comes, for it brings hashing and signatures along.
 */
export async function checkHere(bytes: Uint8Array): Promise<CheckHere> {
  const input = { file: bytes, chain: chainReader(httpRequest('/api/rpc')) };
  const report = await checkWithHouse(input, askHouse);
  return {
    report,
    readCredentials: async () => {
      const [reader, { readCredentials }] = await Promise.all([c2paReader(), import('@/lib/credentials/read-credentials')]);
      return checkWithHouse({ ...input, credentials: (file, anchors) => readCredentials(reader, file, anchors) }, askHouse);
    },
  };
}
