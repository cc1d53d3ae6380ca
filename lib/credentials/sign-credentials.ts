import 'server-only';
import type { WasmBuilder } from '@contentauth/c2pa-wasm';
import { AppError } from '@/lib/errors';
import { ByteBlob } from './byte-blob';
import { openC2pa } from './c2pa';
import { type CredentialSigner, reservedBytes, signClaim, type Timestamper } from './cose-sign1';
import type { CredentialManifest } from './manifest';
import { manifestDefinition, parentId, wellFormed } from './manifest-definition';
import { withXmp, xmpPacket } from './xmp';

// Thumbnails would be another encoding of a picture that we show anyway. `verify_after_sign`: the library reads what it wrote and refuses
// to hand out anything that its own reader calls invalid. Nothing is fetched from a network.
const CONTEXT = JSON.stringify({
  version: 1,
  verify: { verify_after_sign: true, verify_trust: false, remote_manifest_fetch: false, ocsp_fetch: false },
  builder: { thumbnail: { enabled: false } },
});

/** `leaf`: serial of the house’s own leaf; null where the settings name the certificate. */
export type SigningKey = CredentialSigner & { leaf: string | null; timestamp?: Timestamper };

/**
 * The PNG with Content Credentials in it: XMP first, then the manifest over everything. This has to be the last change to the file, since
 * any other byte changed makes it invalid. Credentials that the file had are replaced; those of parents are kept with them, as ingredients.
 */
export async function signCredentials(png: Uint8Array, manifest: CredentialManifest, key: SigningKey): Promise<Uint8Array> {
  const c2pa = await openC2pa();
  let builder: WasmBuilder | undefined;
  // Thrown by our callback, they come out of Rust as a text without a cause.
  let failure: unknown;
  try {
    builder = c2pa.WasmBuilder.fromJson(manifestDefinition(manifest), CONTEXT);
    for (const [index, parent] of manifest.parents.entries()) {
      if (!('png' in parent)) continue;
      const ingredient = { title: wellFormed(parent.title), relationship: parent.relationship, instance_id: parentId(index) };
      await builder.addIngredientFromBlob(JSON.stringify(ingredient), 'image/png', new ByteBlob(parent.png).asBlob());
    }
    const reserveSize = reservedBytes(key, key.timestamp !== undefined);
    const sign = async (claim: Uint8Array) => {
      try {
        return Uint8Array.from(await signClaim(claim, reserveSize, key, key.timestamp));
      } catch (error) {
        failure = error;
        throw error;
      }
    };
    const source = new ByteBlob(withXmp(png, xmpPacket(manifest))).asBlob();
    return await builder.sign({ alg: 'es256', reserveSize, sign }, [], 'image/png', source);
  } catch (cause) {
    throw new AppError('internal', { cause: failure ?? cause, message: `Content Credentials could not be written: ${String(failure ?? cause)}` });
  } finally {
    // Rust's memory is not the collector's: without this every signing would keep the file.
    builder?.free();
  }
}
