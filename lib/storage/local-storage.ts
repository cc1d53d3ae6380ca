import { createHash, randomUUID } from 'node:crypto';
import { access, type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '@/lib/errors';
import type { RemovableStorage } from './types';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Most folders are there already: asking first would cost every write. */
async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(dirname(path), { recursive: true });
    return open(path, 'wx');
  }
}

/** Writes to a temporary name, syncs, renames: a reader sees the whole file or none, also after a power cut. */
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await openNew(temporary);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function unread(cause: NodeJS.ErrnoException): never {
  throw new AppError(cause.code === 'ENOENT' ? 'not_found' : 'storage_failed', { cause });
}

/** Storage in a folder: ab/cd/<digest>. */
export function localStorage(folder: string): RemovableStorage {
  const root = resolve(folder);
  const pathOf = (digest: string) => {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new AppError('not_found');
    return join(root, digest.slice(0, 2), digest.slice(2, 4), digest);
  };
  const has = (digest: string) =>
    access(pathOf(digest)).then(
      () => true,
      () => false,
    );
  return {
    has,
    async put(bytes) {
      const digest = sha256(bytes);
      if (await has(digest)) return digest;
      await writeDurably(pathOf(digest), bytes).catch((cause) => {
        throw new AppError('storage_failed', { cause });
      });
      return digest;
    },
    async get(digest) {
      const bytes = await readFile(pathOf(digest)).catch(unread);
      if (sha256(bytes) !== digest) throw new AppError('storage_failed', { cause: new Error(`stored bytes of ${digest} have changed`) });
      return bytes;
    },
    async size(digest) {
      const { size } = await stat(pathOf(digest)).catch(unread);
      return size;
    },
    async remove(digest) {
      await rm(pathOf(digest), { force: true }).catch((cause) => {
        throw new AppError('storage_failed', { cause });
      });
    },
  };
}
