import { join } from 'node:path';
import { rootDir } from './paths';

/** The forge of node_modules, called directly (its npm wrapper costs a second), and the environment that points it at our settings. */
export const forge = {
  path: join(rootDir, `node_modules/@foundry-rs/forge-${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}/bin/forge`),
  env: { ...process.env, FOUNDRY_CONFIG: join(rootDir, 'contracts/foundry.toml'), FOUNDRY_DISABLE_NIGHTLY_WARNING: '1' },
};
