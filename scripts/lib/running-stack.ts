import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rpcAnswers } from './rpc';

/** Settings and addresses of a stack that runs. */
export type RunningStack = { env: Record<string, string>; urls: { web: string; rpc: string } };

/** The stack that `npm start` runs on a folder, while the part that is asked for answers. */
export async function findRunningStack(dataDir: string, part: 'web' | 'chain'): Promise<RunningStack | null> {
  const file = join(dataDir, 'stack.json');
  if (!existsSync(file)) return null;
  const { env, urls } = JSON.parse(readFileSync(file, 'utf8'));
  const answers = part === 'chain' ? await rpcAnswers(urls.rpc) : await pageAnswers(urls.web);
  return answers ? { env, urls } : null;
}

const pageAnswers = (url: string): Promise<boolean> =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );
