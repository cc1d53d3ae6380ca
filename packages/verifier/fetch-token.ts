import { cidText, type FileCid, parseCid } from '../../lib/protocol/cid';
import { fileCid } from '../../lib/protocol/file-cid';
import { metadataCid, tokenIdOf } from '../../lib/protocol/metadata';
import type { Token } from './arguments';

const MAX_BYTES = 60 * 1024 * 1024;

async function fetchCid(gateway: string, cid: FileCid): Promise<Uint8Array> {
  const response = await fetch(new URL(`ipfs/${cidText(cid)}`, gateway.endsWith('/') ? gateway : `${gateway}/`), {
    signal: AbortSignal.timeout(60_000),
  });
  if (!response.ok || !response.body) throw new Error(`the gateway answered ${response.status}`);
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const part of response.body) {
    total += part.length;
    if (total > MAX_BYTES) throw new Error('the gateway sends more than a work can be');
    parts.push(part);
  }
  return new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}

/**
 * A token's first metadata and the file it names, from any IPFS gateway: the number is the digest of the metadata, the metadata names the file's
 * CID, and both are computed here. Throws where the gateway has not got them, or has something else.
 */
export async function fetchToken(gateway: string, { tokenId }: Token): Promise<{ metadata: string; file: Uint8Array }> {
  const metadata = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await fetchCid(gateway, metadataCid(tokenId)));
  if (tokenIdOf(metadata) !== tokenId) throw new Error('the gateway has other metadata than the token’s');
  const { image } = JSON.parse(metadata) as { image?: unknown };
  const cid = parseCid(String(image).replace(/^ipfs:\/\//, ''));
  const file = await fetchCid(gateway, cid);
  if (cidText(await fileCid(file)) !== cidText(cid)) throw new Error('the gateway has another file than the token’s');
  return { metadata, file };
}
