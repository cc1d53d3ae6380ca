/**
 * What the wasm builder needs of a `Blob`: its size, and parts of it at once. A real Blob of Node can only be read asynchronously, which
 * Rust cannot wait for.
 */
export class ByteBlob {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get size(): number {
    return this.#bytes.length;
  }

  slice(start: number, end: number): ByteBlob {
    return new ByteBlob(this.#bytes.subarray(start, end));
  }

  buffer(): ArrayBuffer {
    return Uint8Array.from(this.#bytes).buffer;
  }

  /** The builder's type asks for a Blob; it uses no more of it than this class has. */
  asBlob(): Blob {
    return this as unknown as Blob;
  }
}

/** `FileReaderSync` (W3C File API) over such bytes. */
export class SyncFileReader {
  readAsArrayBuffer(blob: ByteBlob): ArrayBuffer {
    return blob.buffer();
  }
}
