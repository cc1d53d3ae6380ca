/** Bytes by their sha-256 (64 hex digits, no prefix). What was put under a digest never changes. */
export type Storage = {
  /** Stores the bytes durably and returns their digest. Putting the same bytes again costs nothing. Throws `storage_failed`. */
  put: (bytes: Uint8Array) => Promise<string>;
  /** The bytes of a digest, checked against it. Throws `not_found` or `storage_failed`. */
  get: (digest: string) => Promise<Buffer>;
  has: (digest: string) => Promise<boolean>;
  /** How many bytes are there, without reading them. Throws `not_found` or `storage_failed`. */
  size: (digest: string) => Promise<number>;
};

/** Storage of what is not kept for ever. Removing what is not there costs nothing. */
export type RemovableStorage = Storage & { remove: (digest: string) => Promise<void> };
