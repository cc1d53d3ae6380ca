import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, LauncherError } from './errors';

const neededBytes = 1e9;

/** Free space on the disk of a folder. */
export function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

/** Throws, saying what to do, when the folder cannot be made or written, or when its disk is nearly full. */
export function checkDataFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    const probe = join(path, `.probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    if (errorCode(error) === 'ENOSPC') throw new LauncherError(`The disk of ${path} is full. Make at least 1 GB free.`);
    const reason = error instanceof Error ? error.message : String(error);
    throw new LauncherError(
      `${path} cannot be written (${reason}). Run as its owner, or choose a folder of your own: DATA_DIR=~/intaglio-data npm start`,
    );
  }
  const free = freeBytes(path);
  if (free >= neededBytes) return;
  throw new LauncherError(
    `Only ${Math.floor(free / 1e6)} MB are free on the disk of ${path}. Make at least 1 GB free, or choose another disk with DATA_DIR.`,
  );
}
