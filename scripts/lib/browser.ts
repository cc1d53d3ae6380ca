import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LauncherError } from './errors';
import { rootDir } from './paths';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const applications = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

/** Flags for tests: no sandbox where it cannot work (root), and none of the browser's own traffic. */
export const browserArgs = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A Chrome or Chromium of this machine: CHROME_PATH, one on the PATH, or the one Playwright downloaded. */
export async function findBrowser(): Promise<string | undefined> {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  const folders = (process.env.PATH ?? '').split(':').filter(Boolean);
  const installed = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...applications].find((path) => existsSync(path));
  if (installed) return installed;
  const { chromium } = await import('@playwright/test');
  const downloaded = chromium.executablePath();
  return existsSync(downloaded) ? downloaded : undefined;
}

/** Finds a browser or installs one: Playwright's download first, Debian's package where we may. Throws saying what to do. */
export async function ensureBrowser(say: (line: string) => void): Promise<string> {
  const found = await findBrowser();
  if (found) return found;
  say('No Chrome or Chromium here; installing one with Playwright …');
  spawnSync(process.execPath, [join(rootDir, 'node_modules/@playwright/test/cli.js'), 'install', 'chromium'], { stdio: 'inherit' });
  const downloaded = await findBrowser();
  if (downloaded) return downloaded;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say("Playwright's download did not work; installing Debian's package chromium …");
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-q'], { env, stdio: 'inherit' });
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], { env, stdio: 'inherit' });
  }
  const packaged = await findBrowser();
  if (packaged) return packaged;
  throw new LauncherError(
    'The browser tests need Chrome or Chromium. Install one (Debian: sudo apt-get install chromium), or set CHROME_PATH to it.',
  );
}

/** What `chrome --version` says; undefined when it does not run. */
export function browserVersion(path: string): string | undefined {
  try {
    return execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
