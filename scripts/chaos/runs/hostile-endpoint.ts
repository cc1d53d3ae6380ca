import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';

/** What an endpoint can do to a run. `late`: after any deadline; `busy`: says so, and does nothing. */
export const TEMPERS = [
  'fine',
  'fine',
  'fine',
  'slow',
  'hang',
  'late',
  'error',
  'busy',
  'drop',
  'half',
  'garbage',
  'html',
  'svg',
  'tiny',
  'empty',
] as const;
export type Temper = (typeof TEMPERS)[number];

export type HostileEndpoint = {
  url: string;
  /** Runs that were begun here, and so charged, by prompt. */
  begun: Map<string, number>;
  /** Ends every connection, and takes none for a while. */
  die(ms: number): Promise<void>;
  close(): void;
};

const WRONG: Partial<Record<Temper, [string, Buffer]>> = {
  garbage: ['image/png', Buffer.from('this is no picture')],
  html: ['text/html', Buffer.from('<script>alert(1)</script>')],
  svg: ['image/png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>')],
  empty: ['image/png', Buffer.alloc(0)],
};

/** An endpoint of the Hugging Face kind that treats each run as its prompt says ("<temper> <number>"). */
export async function startHostileEndpoint(lateMs: number): Promise<HostileEndpoint> {
  const picture = (width: number) =>
    sharp({ create: { width, height: 8, channels: 3, background: '#357' } })
      .png()
      .toBuffer();
  const [png, tiny] = [await picture(8), await picture(1)];
  const begun = new Map<string, number>();
  const answer = (response: ServerResponse, type: string, bytes: Buffer) => response.writeHead(200, { 'content-type': type }).end(bytes);

  async function treat(temper: Temper, response: ServerResponse): Promise<void> {
    const wrong = WRONG[temper];
    if (wrong) return void answer(response, ...wrong);
    if (temper === 'slow') await sleep(2_000);
    if (temper === 'late') await sleep(lateMs);
    if (temper === 'hang') return;
    if (temper === 'drop') return void response.destroy();
    if (temper === 'error') return void response.writeHead(500).end('out of memory');
    if (temper === 'half') {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': png.length });
      response.write(png.subarray(0, 40));
      return void setTimeout(() => response.destroy(), 50);
    }
    answer(response, 'image/png', temper === 'tiny' ? tiny : png);
  }

  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { inputs } = JSON.parse(Buffer.concat(chunks).toString()) as { inputs: string };
    const temper = inputs.split(' ')[0] as Temper;
    if (temper === 'busy' && Math.random() < 0.7) return void response.writeHead(503, { 'retry-after': '1' }).end('busy');
    begun.set(inputs, (begun.get(inputs) ?? 0) + 1);
    await treat(temper, response).catch(() => response.destroy());
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    begun,
    async die(ms) {
      server.close();
      server.closeAllConnections();
      await sleep(ms);
      await listen(port);
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
