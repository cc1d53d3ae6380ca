import { MemoryBlockstore } from 'blockstore-core/memory';
import { importer } from 'ipfs-unixfs-importer';
import type { Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import { cidText } from '@/lib/protocol/cid';
import { fileCid } from '@/lib/protocol/file-cid';
import { fileDag } from '@/lib/protocol/file-dag';
import { sha256Hex } from '@/lib/protocol/hash';
import { patternBytes } from '@/scripts/lib/protocol-vectors';
import { directoryOf, fileDagBytes, toCid } from './directory';
import { namedFile, type PlannedToken, planCollection, rawFile } from './plan-collection';

const IMAGE_BYTES = [900, 1024 * 1024 + 1, 3 * 1024 * 1024 + 17];

/** Tokens whose image has these bytes, and the same as files of a folder. */
async function collection() {
  const manifest = Buffer.from('{"manifest":1}');
  const version = sha256Hex(manifest);
  const content = [{ path: `all/manifests/${version.slice(2)}.json`, content: new Uint8Array(manifest) }];
  const tokens: PlannedToken[] = [];
  for (const [index, length] of [...IMAGE_BYTES, ...IMAGE_BYTES].entries()) {
    const image = patternBytes(length + index);
    const metadata = Buffer.from(`{"name":"Work ${index}"}`);
    const preview = Buffer.from(`preview ${index}`);
    const tokenId = sha256Hex(metadata);
    const folder = `all/tokens/${tokenId.slice(2, 4)}/${tokenId.slice(2)}`;
    // One work was never given a preview.
    if (index !== 2) content.push({ path: `${folder}/preview.webp`, content: new Uint8Array(preview) });
    content.push(
      { path: `${folder}/image.png`, content: new Uint8Array(image) },
      { path: `${folder}/metadata.json`, content: new Uint8Array(metadata) },
    );
    tokens.push({
      tokenId,
      metadata: rawFile(tokenId, metadata.length, { metadataOf: 'x' }),
      image: namedFile(cidText(await fileCid(image)), image.length, { blob: 'x', ofWork: 'x' }),
      preview: index === 2 ? null : rawFile(sha256Hex(preview), preview.length, { blob: 'x', ofWork: 'x' }),
    });
  }
  const manifests = [{ version, file: rawFile(version as Hex, manifest.length, { manifestOf: 'x' }) }];
  return { tokens, manifests, content };
}

describe('the folder of a collection', () => {
  it('has the root that adding the unpacked folder gives', async () => {
    const { tokens, manifests, content } = await collection();
    let root = '';
    for await (const { cid } of importer(content, new MemoryBlockstore(), { profile: 'unixfs-v1-2025' })) root = cid.toString();
    expect(planCollection(tokens, manifests).root.toString()).toBe(root);
  });

  it('is the same whatever order its tokens are listed in, and another one when one is added', async () => {
    const { tokens, manifests } = await collection();
    const { root, order } = planCollection(tokens, manifests);
    expect(planCollection(tokens.toReversed(), manifests)).toEqual({ root, order });
    expect(planCollection(tokens.slice(1), manifests).root.toString()).not.toBe(root.toString());
  });

  it('lists directories before what they hold', async () => {
    const { tokens, manifests } = await collection();
    const { root, order } = planCollection(tokens, manifests);
    expect(order[0]).toMatchObject({ directory: { block: { cid: root } } });
    expect(order.filter((planned) => 'file' in planned).length).toBe(tokens.length * 3 - 1 + 1);
  });

  it('does not come with a directory that other nodes would not take', () => {
    const cid = toCid({ codec: 0x55, digest: `0x${'ab'.repeat(32)}` });
    const entries = Array.from({ length: 20_000 }, (_, i) => ({ name: `${i}`.padStart(64, '0'), cid, dagBytes: 1 }));
    expect(() => directoryOf(entries)).toThrow(RangeError);
  });
});

it.each([0, 1, 1024 * 1024, 1024 * 1024 + 1, 5 * 1024 * 1024 + 3])(
  'a file of %d bytes has as many bytes of blocks as its length says',
  async (length) => {
    const blocks = await fileDag(patternBytes(length));
    expect(fileDagBytes(length)).toBe(blocks.reduce((sum, { bytes }) => sum + bytes.length, 0));
  },
);
