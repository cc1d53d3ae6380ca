import { AppError } from '@/lib/errors';
import type { PublicFile } from '@/lib/mint/public-file';
import { type Block, fileDag } from '@/lib/protocol/file-dag';
import { byteRange } from './byte-range';
import { carStream } from './car';

type Asked = Pick<Request, 'method' | 'headers' | 'url'>;
type Shape = { kind: 'file' } | { kind: 'raw' } | { kind: 'car'; scope: 'block' | 'all' };

const TYPES = { raw: 'application/vnd.ipld.raw', car: 'application/vnd.ipld.car' } as const;

/**
 * A file by its CID as the IPFS gateway specifications have it: as it is, as its block (`format=raw`) or as a CAR of all its blocks
 * (`format=car`), so that a client can check every byte against the CID it asked for. Throws `invalid_input` for any other format.
 */
export async function gatewayResponse(asked: Asked, cid: string, file: PublicFile): Promise<Response> {
  const shape = shapeOf(asked);
  const etag = shape.kind === 'car' ? `"${cid}.car.${shape.scope}"` : `"${cid}${shape.kind === 'raw' ? '.raw' : ''}"`;
  const headers = new Headers({
    etag,
    // What is hashed must come as it is, without a server or a proxy that packs it. A picture may be taken down: an hour, then they ask again.
    'cache-control': `public, ${file.type === 'application/json' ? 'max-age=31536000, immutable' : 'max-age=3600'}, no-transform`,
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
  if (shape.kind === 'file') {
    headers.set('content-type', file.type);
    headers.set('content-disposition', `inline; filename="${cid}.${file.extension}"`);
    return bytesResponse(asked, headers, file.bytes);
  }
  const blocks = await fileDag(file.bytes);
  if (shape.kind === 'car') return carResponse(asked, headers, cid, shape.scope === 'block' ? [blocks[0]] : blocks);
  headers.set('content-type', TYPES.raw);
  headers.set('content-disposition', `attachment; filename="${cid}.bin"`);
  return bytesResponse(asked, headers, Uint8Array.from(blocks[0].bytes));
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

function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  const known = ifNoneMatch?.split(',').map((one) => one.trim().replace(/^W\//, '')) ?? [];
  return known.includes(etag) || known.includes('*');
}

function bytesResponse({ method, headers: sent }: Asked, headers: Headers, bytes: Uint8Array<ArrayBuffer>): Response {
  headers.set('accept-ranges', 'bytes');
  const ifRange = sent.get('if-range');
  const range = ifRange && ifRange !== headers.get('etag') ? null : byteRange(sent.get('range'), bytes.length);
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${bytes.length}`);
    headers.delete('cache-control');
    return new Response(null, { status: 416, headers });
  }
  const part = range ? bytes.subarray(range.first, range.last + 1) : bytes;
  if (range) headers.set('content-range', `bytes ${range.first}-${range.last}/${bytes.length}`);
  headers.set('content-length', String(part.length));
  return new Response(method === 'HEAD' ? null : part, { status: range ? 206 : 200, headers });
}

function carResponse({ method }: Asked, headers: Headers, cid: string, blocks: Block[]): Response {
  const [root] = blocks;
  if (!root) throw new Error('a file has a root');
  headers.set('content-type', `${TYPES.car}; version=1; order=dfs; dups=n`);
  headers.set('content-disposition', `attachment; filename="${cid}.car"`);
  headers.set('accept-ranges', 'none');
  return new Response(method === 'HEAD' ? null : carStream(root.cid, blocks), { headers });
}
