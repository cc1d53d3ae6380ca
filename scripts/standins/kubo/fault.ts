import type { ServerResponse } from 'node:http';

/** How the next answers fail: before anything is said, or after the first line. */
export type KuboFault = 'refuse' | 'late';

/** An error as the command line's HTTP layer writes it. */
export function sendFault(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify({ Message: message, Code: 0, Type: 'error' })}\n`);
}
