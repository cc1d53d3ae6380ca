import type { WasmReader } from '@contentauth/c2pa-wasm';
import { readChunks } from '@/lib/protocol/png-chunks';
import { storeSchema } from './manifest-store';
import { type Problem, problemOf } from './problems';
import { type CredentialsReading, NONE, readingOf, unreadable } from './reading';

/** The official reader, which the caller brings: 9 MB of WebAssembly, loaded when somebody asks and not before. */
export type Reader = Pick<typeof WasmReader, 'fromBytes'>;
export type ReadOptions = { trustAnchorsPem: string; revokedSerials?: readonly string[] };

function formatOf(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'image/webp' : null;
}

/**
 * A signature leaves some bytes free (its own padding, checksums of chunks). PNG's checksums cover those, too: one changed byte anywhere in a
 * PNG is seen.
 */
function damageOf(bytes: Uint8Array, format: string): Problem[] {
  if (format !== 'image/png') return [];
  try {
    readChunks(bytes);
    return [];
  } catch {
    return [problemOf('intaglio.damaged')];
  }
}

/** The start of C2PA's outermost box, in bytes that its reader finds nothing in: a changed byte can hide credentials, and not remove them. */
const STORE = 'jumdc2pa';

const hidesCredentials = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes).includes(STORE);

/**
 * Content Credentials of a file, checked by the official reader. Runs in a browser and on the server. Nothing is fetched: credentials kept
 * at an address that the file names count as not there. What an `invalid` file says of itself is shown, and must not be believed.
 */
export async function readCredentials(reader: Reader, bytes: Uint8Array, options: ReadOptions): Promise<CredentialsReading> {
  const format = formatOf(bytes);
  if (!format) return hidesCredentials(bytes) ? unreadable('intaglio.unreadable') : NONE;
  const context = {
    version: 1,
    verify: { verify_trust: true, remote_manifest_fetch: false, ocsp_fetch: false },
    trust: { trust_anchors: options.trustAnchorsPem },
  };
  let opened: WasmReader | undefined;
  try {
    opened = await reader.fromBytes(format, bytes, JSON.stringify(options.trustAnchorsPem ? context : { ...context, trust: {} }));
    const store = storeSchema.safeParse(JSON.parse(opened.json()));
    if (!store.success) return unreadable('intaglio.unreadable');
    const found = readingOf(store.data, options.revokedSerials ?? []);
    const damage = damageOf(bytes, format);
    return damage.length === 0 ? found : { ...found, state: 'invalid', problems: [...found.problems, ...damage] };
  } catch (error) {
    const message = String(error);
    if (/JumbfNotFound|no JUMBF data found/i.test(message)) {
      const problems = damageOf(bytes, format);
      return { ...NONE, state: problems.length > 0 && hidesCredentials(bytes) ? 'invalid' : 'none', problems };
    }
    return unreadable(/RemoteManifest|remote manifest/i.test(message) ? 'manifest.inaccessible' : 'intaglio.unreadable');
  } finally {
    opened?.free();
  }
}
