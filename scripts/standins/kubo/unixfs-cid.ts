import { configure, createFileWriter, createWriter } from '@ipld/unixfs';
import { withMaxChunkSize } from '@ipld/unixfs/file/chunker/fixed';
import { withWidth } from '@ipld/unixfs/file/layout/balanced';
import * as raw from 'multiformats/codecs/raw';

export type Chunking = { chunkBytes: number; linksPerNode: number };

/** The CIDv1 of a file with raw leaves by @ipld/unixfs: an implementation that shares no code with the one the app uses. */
export async function unixfsCid(bytes: Uint8Array, { chunkBytes, linksPerNode }: Chunking): Promise<string> {
  const { readable, writable } = new TransformStream();
  const drained = readable.pipeTo(new WritableStream());
  const settings = configure({
    chunker: withMaxChunkSize(chunkBytes),
    fileLayout: withWidth(linksPerNode),
    fileChunkEncoder: { ...raw, encode: (block) => raw.encode(block as Uint8Array) },
    smallFileEncoder: { ...raw, encode: (block) => raw.encode(block as Uint8Array) },
  });
  const writer = createWriter({ writable, settings });
  const file = createFileWriter(writer);
  await file.write(bytes);
  const { cid } = await file.close();
  await writer.close();
  await drained;
  return cid.toString();
}
