import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One of docs/*.md, as its text. Served from the checkout's own folder, like everything that `next start` serves. */
export const readDoc = (name: 'webhooks' | 'signed-requests'): Promise<string> => readFile(join(process.cwd(), 'docs', `${name}.md`), 'utf8');
