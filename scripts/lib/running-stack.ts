import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Settings and addresses of a stack that runs. */
export type RunningStack = { env: Record<string, string>; urls: { web: string; rpc: string } };

/** The stack that `npm start` runs on a folder, while it runs. */
export async function findRunningStack(dataDir: string): Promise<RunningStack | null> {
  const file = join(dataDir, 'stack.json');
  if (!existsSync(file)) return null;
  const { env, urls } = JSON.parse(readFileSync(file, 'utf8'));
  const answers = await fetch(urls.web).then(
    (response) => response.ok,
    () => false,
  );
  return answers ? { env, urls } : null;
}
