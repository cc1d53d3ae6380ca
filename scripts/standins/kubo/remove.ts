import type { ServerResponse } from 'node:http';
import { type KuboFault, sendFault } from './fault';

type Remove = { query: URLSearchParams; pins: Set<string> };

/** `POST /api/v0/pin/rm`: what is not pinned is an error. */
export function removePin({ query, pins }: Remove, fault: KuboFault | undefined, response: ServerResponse): void {
  const cid = query.get('arg');
  const odd = [...query.keys()].find((name) => name !== 'arg' && name !== 'recursive');
  if (odd) sendFault(response, 400, `unrecognized option "${odd}"`);
  else if (!cid) sendFault(response, 400, 'argument "ipfs-path" is required');
  else if (fault) sendFault(response, 500, 'context deadline exceeded');
  else if (!pins.delete(cid)) sendFault(response, 500, 'not pinned or pinned indirectly');
  else response.writeHead(200, { 'content-type': 'application/json' }).end(`${JSON.stringify({ Pins: [cid] })}\n`);
}
