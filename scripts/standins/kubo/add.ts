import type { ServerResponse } from 'node:http';
import { type KuboFault, sendFault } from './fault';
import { unixfsCid } from './unixfs-cid';

type Add = { body: Buffer; type: string; query: URLSearchParams; pins: Set<string>; chunkBytes: number | undefined };

/** What `add` takes here, as the reference lists it; anything else is refused as the command line refuses an unknown option. */
const OPTIONS = new Set(['cid-version', 'raw-leaves', 'chunker', 'hash', 'trickle', 'inline', 'pin', 'progress', 'quiet', 'quieter', 'silent']);
/** Links of a node where nothing is asked for. */
const KUBO_LINKS = 174;

/** `POST /api/v0/add`: one JSON object a line for each file; what goes wrong after the first line is in a trailer. */
export async function addFile({ body, type, query, pins, chunkBytes }: Add, fault: KuboFault | undefined, response: ServerResponse): Promise<void> {
  for (const name of query.keys()) if (!OPTIONS.has(name)) return sendFault(response, 400, `unrecognized option "${name}"`);
  if (query.get('cid-version') !== '1' || query.get('raw-leaves') === 'false')
    return sendFault(response, 500, 'this stand-in makes CIDv1 with raw leaves only');
  const chunker = /^size-(\d+)$/.exec(query.get('chunker') ?? 'size-262144');
  if (!chunker) return sendFault(response, 500, 'unrecognized chunker option');
  if (!type.startsWith('multipart/form-data')) return sendFault(response, 400, "file argument 'path' is required");
  if (fault === 'refuse') return sendFault(response, 500, 'not enough space to store the data');
  const form = await new Response(Uint8Array.from(body), { headers: { 'content-type': type } }).formData();
  response.writeHead(200, { 'content-type': 'application/json', 'x-chunked-output': '1', trailer: 'X-Stream-Error' });
  for (const part of form.values()) {
    if (typeof part === 'string') continue;
    const bytes = new Uint8Array(await part.arrayBuffer());
    const cid = await unixfsCid(bytes, { chunkBytes: chunkBytes ?? Number(chunker[1]), linksPerNode: KUBO_LINKS });
    response.write(`${JSON.stringify({ Name: part.name, Hash: cid, Size: String(bytes.length) })}\n`);
    if (query.get('pin') !== 'false' && fault !== 'late') pins.add(cid);
  }
  if (fault === 'late') response.addTrailers({ 'X-Stream-Error': 'pin: context deadline exceeded' });
  response.end();
}
