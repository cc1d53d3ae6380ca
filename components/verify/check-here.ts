import type { Hex } from 'viem';
import { readManifest } from '@/lib/protocol/png-manifest';
import { readRecord } from '@/lib/protocol/png-record';
import { ProtocolError } from '@/lib/protocol/protocol-error';
import { checkWithHouse } from '@/lib/provenance/check-with-house';
import type { ReRunRecord } from '@/lib/provenance/re-run/plan-re-run';
import type { Digests, HouseAnswer, VerifyReport } from '@/lib/provenance/schema';
import { chainReader, httpRequest } from '@/lib/verifier/chain-reader';
import { postVerify } from './ask-server';

/** What says how the work in a file was made, and the check with what came out when it was made again. */
export type Remake = { record: ReRunRecord; manifest: string | null; check(content: Hex): Promise<VerifyReport> };
export type CheckHere = { report: VerifyReport; readCredentials(): Promise<VerifyReport>; remake: Remake | null };

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
    remake: remakeOf(bytes, (rerun) => checkWithHouse({ ...input, rerun }, askHouse)),
    readCredentials: async () => {
      const [reader, { readCredentials }] = await Promise.all([c2paReader(), import('@/lib/credentials/read-credentials')]);
      return checkWithHouse({ ...input, credentials: (file, anchors) => readCredentials(reader, file, anchors) }, askHouse);
    },
  };
}

/** Null where the file has no record that can be read, or is a text. */
function remakeOf(bytes: Uint8Array, check: Remake['check']): Remake | null {
  try {
    const record = readRecord(bytes);
    return record?.kind === 'image' ? { record, manifest: readManifest(bytes), check } : null;
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
