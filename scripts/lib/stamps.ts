import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from './paths';

const isTest = /\.(test|spec)\.tsx?$/;

/** One digest over files and folders of the repository: names and contents. Tests do not count; what does not exist is skipped. */
export function digestOf(paths: string[], extra: string[] = []): string {
  const hash = createHash('sha256');
  for (const path of paths) addPath(hash, path);
  for (const text of extra) hash.update(text);
  return hash.digest('hex');
}

function addPath(hash: Hash, path: string): void {
  const full = join(rootDir, path);
  if (!existsSync(full) || isTest.test(path)) return;
  if (!statSync(full).isDirectory()) {
    hash.update(`${path}\0`).update(readFileSync(full));
    return;
  }
  for (const name of readdirSync(full).sort()) addPath(hash, `${path}/${name}`);
}

export const stampIs = (path: string, digest: string): boolean => existsSync(path) && readFileSync(path, 'utf8') === digest;

export const writeStamp = (path: string, digest: string): void => writeFileSync(path, digest);
