import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { forSpawn } from './lib/environment';
import { rootDir } from './lib/paths';
import { findRunningStack } from './lib/running-stack';

// npm run ledger:check [-- --json]: the reconciliation of the operator's page from the command line, of the stack that the settings name, else of
// the one that `npm start` runs here. Exit code 1: something differs. 2: something could not be compared.
const local = process.env.DATABASE_URL ? null : await findRunningStack(resolve(process.env.DATA_DIR ?? '.data'), 'chain');
if (!process.env.DATABASE_URL && !local) {
  console.error('There is nothing to check: set DATABASE_URL and RPC_URL, or start the local stack with `npm start`.');
  process.exit(2);
}
// A process of its own: the app's server code needs the condition `react-server`, which cannot be set later.
const args = ['--conditions=react-server', '--import', 'tsx', join(rootDir, 'scripts/lib/ledger-check-run.ts'), ...process.argv.slice(2)];
const settings = { LOG_LEVEL: 'silent', ...process.env, ...local?.env };
const child = spawn(process.execPath, args, { cwd: rootDir, stdio: 'inherit', env: forSpawn(settings) });
child.once('exit', (code) => process.exit(code ?? 2));
