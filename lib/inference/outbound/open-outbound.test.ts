import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { EndpointError } from '../endpoint-error';
import { type OutboundRequest, openOutbound, readJson } from './open-outbound';
import { publicLookup, type Resolve } from './public-lookup';

let opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const { close } of opened) await close();
  opened = [];
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({ close: () => server.close() });
  return (server.address() as AddressInfo).port;
}

/** A server that counts who connects: what a guard lets through can be seen there, whatever is said about it. */
async function serve(handler: RequestListener) {
  const server = createServer(handler);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  const port = await listen(server);
  opened.unshift({ close: () => server.closeAllConnections() });
  return { port, url: `http://127.0.0.1:${port}`, connections: () => connections };
}

/** The way out of a deployment that is configured with `home`; by default with whatever it asks for. */
function open(more: Parameters<typeof openOutbound>[0] = {}, home?: string | null) {
  const ways = openOutbound(more);
  opened.unshift(ways);
  const never = new AbortController().signal;
  return (url: string, wanted: Partial<OutboundRequest> = {}) =>
    ways.forEndpoint(home === undefined ? url : home).fetch({ url, signal: never, timeoutMs: 2_000, maxBytes: 100_000, charges: false, ...wanted });
}
const trusting = (port: number) => open({ privateHosts: new Set([`127.0.0.1:${port}`]) });
const faultOf = async (fetching: Promise<unknown>): Promise<EndpointError> => {
  const error = await fetching.then(
    () => new Error('it answered'),
    (reason) => reason,
  );
  if (error instanceof EndpointError) return error;
  throw error;
};
const addresses = (list: string[]) => list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
const resolvesTo =
  (...list: string[]): Resolve =>
  (_, __, done) =>
    done(null, addresses(list));

describe('an address that is not on the public internet is not connected to', () => {
  test.each([
    '127.0.0.1',
    '127.1',
    '127.8.9.10',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '017700000001',
    '0',
    '0.0.0.0',
    '127.0.0.1.',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '[::1]',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::]',
    '[fe80::1]',
    '[fec0::1]',
    '[fd00:ec2::254]',
    '[ff02::1]',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.0.1',
    '100.64.0.1',
    '100.100.100.200',
    '169.254.169.254',
    '168.63.129.16',
    '192.0.0.192',
    '198.18.0.1',
    '203.0.113.7',
    '224.0.0.1',
    '255.255.255.255',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    'metadata.google.internal',
    'printer.local',
    'router.lan',
    '1.0.0.127.in-addr.arpa',
    'intranet',
  ])('%s', async (host) => {
    const { port, connections } = await serve((_, response) => response.end('secret'));
    const fetch = open({ resolve: resolvesTo('127.0.0.1') });
    expect(await faultOf(fetch(`https://${host}:${port}/`, { charges: true }))).toMatchObject({ fault: 'refused', charged: 'no' });
    expect(connections()).toBe(0);
  });

  test.each([['127.0.0.1'], ['::1'], ['::ffff:127.0.0.1'], ['169.254.169.254'], ['64:ff9b::7f00:1'], ['10.0.0.1', 'fd00::1']])(
    'a name that resolves to %s',
    async (...list) => {
      const { port, connections } = await serve((_, response) => response.end('secret'));
      for (const name of ['pictures.example.com', 'pictures.example.com.', 'localhost.localdomain']) {
        const fault = await faultOf(open({ resolve: resolvesTo(...list) })(`https://${name}:${port}/`, { charges: true }));
        expect(fault).toMatchObject({ fault: 'unreachable', what: 'no connection (EPRIVATE)', charged: 'no' });
      }
      expect(connections()).toBe(0);
    },
  );
});

describe('a name', () => {
  const look = (resolve: Resolve) =>
    new Promise((resolved) => publicLookup(resolve)('a.example.com', {}, (error, found) => resolved(error?.message ?? found)));

  test('with public and private addresses is connected to at the public ones only', async () => {
    expect(await look(resolvesTo('127.0.0.1', '93.184.216.34', '::1', '2606:2800:220:1::'))).toEqual(
      addresses(['93.184.216.34', '2606:2800:220:1::']),
    );
  });

  test('that is bound to another address after a first look is looked at again', async () => {
    const turns = [['93.184.216.34'], ['127.0.0.1']];
    const rebinding = publicLookup((_, __, done) => done(null, addresses(turns.shift() ?? [])));
    const say = () => new Promise((resolved) => rebinding('a.example.com', {}, (error, found) => resolved(error?.message ?? found)));
    expect(await say()).toEqual(addresses(['93.184.216.34']));
    expect(await say()).toBe('the name is not on the public internet');
  });

  test('that nobody knows is not reached, and nothing was charged', async () => {
    const unknown = open({ resolve: (_, __, done) => done(Object.assign(new Error('who?'), { code: 'ENOTFOUND' }), []) });
    expect(await faultOf(unknown('https://a.example.com/', { charges: true }))).toMatchObject({ fault: 'unreachable', charged: 'no' });
  });
});

describe('an address is refused for its form', () => {
  test.each([
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'data:text/plain,hello',
    'gopher://127.0.0.1:6379/_INFO',
    'https://user:secret@example.com/',
    'https://secret@example.com/',
    'example.com',
    '//example.com',
    '',
  ])('%s', async (url) => {
    const fault = await faultOf(open()(url, { charges: true }));
    expect(fault).toMatchObject({ fault: 'refused', charged: 'no' });
    expect(fault.what).not.toContain('secret@');
    expect(fault.what).not.toContain('user:');
  });
});

describe('a private host that the house allows', () => {
  test('is reached over plain http', async () => {
    const { port, url } = await serve((_, response) => response.end('mine'));
    expect(Buffer.from((await trusting(port)(url)).bytes).toString()).toBe('mine');
  });

  test.each(['localhost', '127.0.0.2', '[::1]', '[::ffff:127.0.0.1]'])('does not open %s at the same port', async (host) => {
    const { port, connections } = await serve((_, response) => response.end('secret'));
    expect(await faultOf(trusting(port)(`http://${host}:${port}/`))).toMatchObject({ fault: 'refused' });
    expect(connections()).toBe(0);
  });

  test('does not open its other ports, nor user names in it', async () => {
    const [mine, other] = [await serve((_, response) => response.end()), await serve((_, response) => response.end())];
    expect(await faultOf(trusting(mine.port)(other.url))).toMatchObject({ fault: 'refused' });
    expect(await faultOf(trusting(mine.port)(mine.url.replace('//', '//user@')))).toMatchObject({ fault: 'refused' });
    expect(other.connections() + mine.connections()).toBe(0);
  });
});

describe('of the private hosts that the house allows, a deployment', () => {
  test('reaches its own, wherever its answers lead there', async () => {
    const { port, url } = await serve((_, response) => response.end('mine'));
    const fetch = open({ privateHosts: new Set([`127.0.0.1:${port}`]) }, `${url}/v1/`);
    expect(Buffer.from((await fetch(`${url}/files/1.png`)).bytes).toString()).toBe('mine');
  });

  test.each([
    ['another creator’s', 'http://127.0.0.1:1/'],
    ['one at its own name with another port', 'http://127.0.0.1:2/'],
    ['any, where it is on the public internet', 'https://models.example.com/'],
    ['any, where its provider has one address for everybody', null],
    ['any, where it has no address that can be read', 'somewhere'],
  ])('does not reach %s', async (_, home) => {
    const { port, connections } = await serve((_, response) => response.end('secret'));
    const fetch = open({ privateHosts: new Set([`127.0.0.1:${port}`, '127.0.0.1:1', '127.0.0.1:2']) }, home);
    expect(await faultOf(fetch(`http://127.0.0.1:${port}/`))).toMatchObject({ fault: 'refused', charged: 'no' });
    expect(connections()).toBe(0);
  });

  test('does not reach its own by another scheme', async () => {
    const { port, url, connections } = await serve((_, response) => response.end('secret'));
    const fetch = open({ privateHosts: new Set([`127.0.0.1:${port}`]) }, url);
    expect(await faultOf(fetch(`https://127.0.0.1:${port}/`))).toMatchObject({ fault: 'refused' });
    expect(connections()).toBe(0);
  });
});

test.each([301, 302, 303, 307, 308])('A redirect (%i) to a private address is returned, and not followed', async (status) => {
  const secret = await serve((_, response) => response.end('secret'));
  const { port, url } = await serve((_, response) => response.writeHead(status, { location: secret.url }).end('moved'));
  const answer = await trusting(port)(url);
  expect(answer).toMatchObject({ status, headers: { location: secret.url } });
  expect(Buffer.from(answer.bytes).toString()).toBe('moved');
  expect(secret.connections()).toBe(0);
});

describe('an answer that', () => {
  test('drips ends at its time, and the server sees that', async () => {
    let closedAt = 0;
    const { port, url } = await serve((_, response) => {
      const drip = setInterval(() => response.write('.'), 20);
      response.on('close', () => {
        clearInterval(drip);
        closedAt = performance.now();
      });
    });
    const startedAt = performance.now();
    const fault = await faultOf(trusting(port)(url, { timeoutMs: 200, charges: true }));
    expect(fault).toMatchObject({ fault: 'unreachable', what: 'no answer within 200 ms', charged: 'maybe' });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    await expect.poll(() => closedAt - startedAt).toBeGreaterThan(150);
  });

  test('never begins ends at its time', async () => {
    const { port, url } = await serve(() => {});
    expect(await faultOf(trusting(port)(url, { timeoutMs: 100 }))).toMatchObject({ fault: 'unreachable', charged: 'no' });
  });

  test('has no end is cut off soon after its limit', async () => {
    let [sentBytes, closed] = [0, false];
    const chunk = Buffer.alloc(64 * 1024);
    const { port, url } = await serve((_, response) => {
      const more = () => {
        while (!closed && response.write(chunk)) sentBytes += chunk.length;
      };
      response.on('drain', more);
      response.on('close', () => {
        closed = true;
      });
      more();
    });
    expect(await faultOf(trusting(port)(url, { maxBytes: 100_000 }))).toMatchObject({ fault: 'garbage', what: 'more than 100000 bytes' });
    await expect.poll(() => closed).toBe(true);
    expect(sentBytes).toBeLessThan(32 * 1024 * 1024);
  });

  test('is exactly as long as allowed is taken', async () => {
    const { port, url } = await serve((_, response) => response.end(Buffer.alloc(100_000)));
    expect((await trusting(port)(url)).bytes).toHaveLength(100_000);
  });

  test('is compressed stays so: nothing grows here', async () => {
    const { port, url } = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(Buffer.from([0x1f, 0x8b])));
    expect((await trusting(port)(url)).bytes).toHaveLength(2);
  });
});

describe('a connection that', () => {
  test('is refused charged nothing', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const fault = await faultOf(trusting(port)(`http://127.0.0.1:${port}/`, { charges: true }));
    expect(fault).toMatchObject({ fault: 'unreachable', what: 'no connection (ECONNREFUSED)', charged: 'no' });
  });

  test.each([
    [true, 'maybe'],
    [false, 'no'],
  ] as const)('is cut after a request that charges (%s) may have charged: %s', async (charges, charged) => {
    const port = await listen(createSocketServer((socket) => socket.once('data', () => socket.destroy())));
    const fault = await faultOf(trusting(port)(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}', charges }));
    expect(fault).toMatchObject({ fault: 'unreachable', charged });
  });

  test('is cut in the middle of the answer may have charged', async () => {
    const half = 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf';
    const port = await listen(createSocketServer((socket) => socket.once('data', () => socket.write(half, () => socket.destroy()))));
    expect(await faultOf(trusting(port)(`http://127.0.0.1:${port}/`, { charges: true }))).toMatchObject({ fault: 'unreachable', charged: 'maybe' });
  });

  test('speaks something else than HTTP is unreachable', async () => {
    const port = await listen(createSocketServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')));
    expect(await faultOf(trusting(port)(`http://127.0.0.1:${port}/`))).toMatchObject({ fault: 'unreachable' });
  });

  test('is aborted ends with the reason, before and during the answer', async () => {
    const { port, url } = await serve((_, response) => void response.write('half'));
    const stop = new AbortController();
    const fetching = trusting(port)(url, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('cancelled by its buyer')), 50);
    await expect(fetching).rejects.toThrow('cancelled by its buyer');
    await expect(trusting(port)(url, { signal: stop.signal })).rejects.toThrow('cancelled by its buyer');
  });
});

test('JSON keeps long integers, and anything else is garbage', () => {
  const answer = (text: string) => ({ status: 200, headers: {}, bytes: Buffer.from(text) });
  expect(readJson(answer('{"seed":18446744073709551557}'), 'no')).toEqual({ seed: 18446744073709551557n });
  for (const text of ['', '<html>', '{"a":', '['.repeat(200_000), `${'['.repeat(200_000)}1234567890123456789`]) {
    expect(() => readJson(answer(text), 'maybe')).toThrow(expect.objectContaining({ fault: 'garbage', charged: 'maybe' }));
  }
});
