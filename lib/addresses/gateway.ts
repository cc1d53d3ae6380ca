import { AppError } from '@/lib/errors';
import { isKnown } from '@/lib/etag';
import type { PublicFile } from '@/lib/mint/public-file';
import { MAX_RAW_BYTES } from '@/lib/protocol/file-cid';
import { fileDag } from '@/lib/protocol/file-dag';
import { pictureCaching } from '@/lib/works/takedowns/cache-control';
import { byteRange } from './byte-range';
import { carStream } from './car';

type Asked = Pick<Request, 'method' | 'headers' | 'url'>;
type Shape = { kind: 'file' } | { kind: 'raw' } | { kind: 'car'; scope: 'block' | 'all' };

const TYPES = { raw: 'application/vnd.ipld.raw', car: 'application/vnd.ipld.car' } as const;

/**
 * A file by its CID as the IPFS gateway specifications have it: as it is, as its block (`format=raw`) or as a CAR of all its blocks
 * (`format=car`), so that a client can check every byte against the CID it asked for. Who asks for headers alone, has it already, or wants a part that is
 * not there is answered without reading it. Throws `invalid_input` for any other format.
 */
export async function gatewayResponse(asked: Asked, cid: string, file: PublicFile): Promise<Response> {
  const shape = shapeOf(asked);
  const etag = shape.kind === 'car' ? `"${cid}.car.${shape.scope}"` : `"${cid}${shape.kind === 'raw' ? '.raw' : ''}"`;
  const headers = new Headers({
    etag,
    // What is hashed must come as it is, without a server or a proxy that packs it. Metadata and manifests are never taken down; pictures may be.
    'cache-control': `${file.type === 'application/json' ? 'public, max-age=31536000, immutable' : pictureCaching('public')}, no-transform`,
    // One address has three answers.
    vary: 'accept',
    'x-ipfs-path': `/ipfs/${cid}`,
    'x-ipfs-roots': cid,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'Content-Range, Content-Length, ETag, X-Ipfs-Path, X-Ipfs-Roots',
    'cross-origin-resource-policy': 'cross-origin',
  });
  if (isKnown(asked.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers });
  if (shape.kind === 'car') return carResponse(asked, headers, { cid, file, scope: shape.scope });
  if (shape.kind === 'file') {
    headers.set('content-type', file.type);
    headers.set('content-disposition', `inline; filename="${cid}.${file.extension}"`);
    return bytesResponse(asked, headers, file);
  }
  headers.set('content-type', TYPES.raw);
  headers.set('content-disposition', `attachment; filename="${cid}.bin"`);
  // The block of a small file is the file. How long the root of a larger one is shows when it is made.
  const isWhole = file.size <= MAX_RAW_BYTES;
  if (asked.method === 'HEAD' && !isWhole) return new Response(null, { headers });
  if (isWhole) return bytesResponse(asked, headers, file);
  const [root] = await fileDag(await file.read());
  return bytesResponse(asked, headers, { size: root.bytes.length, read: async () => Uint8Array.from(root.bytes) });
}

/** `format` before Accept, and of Accept only the two types that have to be asked for: a browser's list means the file. */
function shapeOf({ url, headers }: Asked): Shape {
  const query = new URL(url).searchParams;
  const accept = headers.get('accept') ?? '';
  const named = query.get('format') ?? (['raw', 'car'] as const).find((format) => accept.includes(TYPES[format])) ?? null;
  if (named === null) return { kind: 'file' };
  if (named === 'raw') return { kind: 'raw' };
  const scope = query.get('dag-scope') ?? 'all';
  const version = query.get('car-version') ?? /application\/vnd\.ipld\.car\s*;[^,]*\bversion=(\d+)/.exec(accept)?.[1] ?? '1';
  if (named !== 'car' || version !== '1' || !['block', 'entity', 'all'].includes(scope)) throw new AppError('invalid_input');
  // Of a file, its entity is all of it. `entity-bytes` is not looked at: a part of the blocks is never sent, which is more than was asked for.
  return { kind: 'car', scope: scope === 'block' ? 'block' : 'all' };
}

async function bytesResponse(
  { method, headers: sent }: Asked,
  headers: Headers,
  { size, read }: Pick<PublicFile, 'size' | 'read'>,
): Promise<Response> {
  headers.set('accept-ranges', 'bytes');
  const ifRange = sent.get('if-range');
  const range = ifRange && ifRange !== headers.get('etag') ? null : byteRange(sent.get('range'), size);
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${size}`);
    headers.delete('cache-control');
    return new Response(null, { status: 416, headers });
  }
  const { first, last } = range ?? { first: 0, last: size - 1 };
  if (range) headers.set('content-range', `bytes ${first}-${last}/${size}`);
  headers.set('content-length', String(last - first + 1));
  const body = method === 'HEAD' ? null : (await read()).subarray(first, last + 1);
  return new Response(body, { status: range ? 206 : 200, headers });
}

type Car = { cid: string; file: PublicFile; scope: 'block' | 'all' };

async function carResponse({ method }: Asked, headers: Headers, { cid, file, scope }: Car): Promise<Response> {
  headers.set('content-type', `${TYPES.car}; version=1; order=dfs; dups=n`);
  headers.set('content-disposition', `attachment; filename="${cid}.car"`);
  headers.set('accept-ranges', 'none');
  if (method === 'HEAD') return new Response(null, { headers });
  const blocks = await fileDag(await file.read());
  return new Response(carStream(blocks[0].cid, scope === 'block' ? [blocks[0]] : blocks), { headers });
}
