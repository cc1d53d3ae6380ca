import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { cidText } from '@/lib/protocol/cid';
import { fileCid } from '@/lib/protocol/file-cid';
import { patternBytes } from '@/scripts/lib/protocol-vectors';
import { type KuboOptions, type KuboStandIn, startKubo } from '@/scripts/standins/kubo/server';
import { addToKubo, removeFromKubo } from './kubo';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
async function node(options?: KuboOptions): Promise<KuboStandIn> {
  const kubo = await startKubo(options);
  open.push(kubo);
  return kubo;
}
async function file(length: number) {
  const bytes = Uint8Array.from(patternBytes(length));
  return { bytes, cid: cidText(await fileCid(bytes)) };
}

describe('a file that an IPFS node is to keep', () => {
  it.each([0, 17, 1024 * 1024, 1024 * 1024 + 1, 5 * 1024 * 1024 + 3])('has the same CID there as here, of %d bytes', async (length) => {
    const kubo = await node();
    const { bytes, cid } = await file(length);
    await addToKubo(kubo, { bytes, cid });
    expect(kubo.pins()).toEqual([cid]);
  });

  it('is not taken for kept where the node makes another CID of it', async () => {
    const kubo = await node({ chunkBytes: 256 * 1024 });
    await expect(addToKubo(kubo, await file(1024 * 1024))).rejects.toMatchObject({ name: 'CidMismatch' });
  });

  it('is not taken for kept where the node fails before or after its first line', async () => {
    const kubo = await node();
    kubo.fail('refuse', 1);
    await expect(addToKubo(kubo, await file(17))).rejects.toThrow('500: not enough space');
    kubo.fail('late', 1);
    await expect(addToKubo(kubo, await file(17))).rejects.toThrow('pin: context deadline exceeded');
    expect(kubo.pins()).toEqual([]);
  });

  it('is sent with the authorization of the settings', async () => {
    const { url } = await node({ authorization: 'Bearer open' });
    await expect(addToKubo({ url }, await file(17))).rejects.toThrow('403');
    await addToKubo({ url, authorization: 'Bearer open' }, await file(17));
  });

  it('is not kept by a node that is not there, and the error does not name its address', async () => {
    const kubo = await node();
    await kubo.close();
    open.splice(0);
    await expect(addToKubo(kubo, await file(17))).rejects.toThrow(/^the node does not answer \(ECONNREFUSED\)$/);
  });

  it.each([
    ['says nothing', ''],
    ['says nonsense', '<html>\n'],
    ['never ends', 'x'.repeat(100_000)],
  ])('is not kept by one that %s', async (_, text) => {
    const server = createServer((request, response) => void request.resume().on('end', () => response.end(text)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => new Promise((resolve) => server.close(resolve)) });
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    await expect(addToKubo({ url }, await file(17))).rejects.toThrow(/named no CID|without end/);
  });
});

describe('a file that an IPFS node is to keep no longer', () => {
  it('is let go of, and once more where it is not kept', async () => {
    const kubo = await node({ authorization: 'Bearer open' });
    const rpc = { url: kubo.url, authorization: 'Bearer open' };
    const [gone, kept] = [await file(17), await file(18)];
    for (const one of [gone, kept]) await addToKubo(rpc, one);
    for (let i = 0; i < 2; i++) await removeFromKubo(rpc, gone.cid);
    expect(kubo.pins()).toEqual([kept.cid]);
    await expect(removeFromKubo({ url: kubo.url }, kept.cid)).rejects.toThrow('403');
  });

  it('is not taken for let go of where the node fails, or says nothing of the file', async () => {
    const kubo = await node();
    kubo.fail('refuse', 1);
    await expect(removeFromKubo(kubo, (await file(17)).cid)).rejects.toThrow('500: context deadline exceeded');
    const server = createServer((request, response) => void request.resume().on('end', () => response.end('{"Pins":[]}')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => new Promise((resolve) => server.close(resolve)) });
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    await expect(removeFromKubo({ url }, (await file(17)).cid)).rejects.toThrow('does not say that it let go');
  });
});
