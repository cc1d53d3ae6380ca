import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootDir } from './lib/paths';

// Writes Seaport 1.6's creation code as committed TypeScript. The npm package that carries it brings ethers and is needed for nothing else, so it
// is fetched for this run only, and has to be the very file named here. Run it when that version changes: npm run seaport:build

const PACKAGE = '@opensea/seaport-js@4.3.0';
const SHA512 = 'rRUiqMX9Dqo7bj+UYRZtO5mOZeRTfFQpCan21qgWCWDNno+PV7KYHsGJCWsxJc5ga84+o60uAxPP6achZE6C3g==';
const contracts = [
  { constant: 'conduitController', artifact: 'conduit/ConduitController.sol/LocalConduitController.json' },
  { constant: 'seaport', artifact: 'Seaport.sol/Seaport.json' },
];

const folder = mkdtempSync(join(tmpdir(), 'intaglio-seaport-'));
try {
  const [packed] = JSON.parse(execFileSync('npm', ['pack', PACKAGE, '--json'], { cwd: folder, encoding: 'utf8' })) as { filename: string }[];
  const file = join(folder, packed?.filename ?? '');
  if (createHash('sha512').update(readFileSync(file)).digest('base64') !== SHA512)
    throw new Error(`${PACKAGE} is not the package that was looked at`);
  execFileSync('tar', ['-xzf', file], { cwd: folder });
  const code = contracts.map(({ constant, artifact }) => {
    const path = join(folder, 'package/src/artifacts/seaport/contracts', artifact);
    const { bytecode } = JSON.parse(readFileSync(path, 'utf8')) as { bytecode: string };
    return `export const ${constant}CreationCode =\n  '${bytecode}';\n`;
  });
  const header = `// Written by scripts/build-seaport.ts from ${PACKAGE} (MIT, Ozone Networks, Inc.). Do not edit.\n`;
  writeFileSync(join(rootDir, 'lib/chain/deploy/seaport-code.generated.ts'), header + code.join('\n'));
} finally {
  rmSync(folder, { recursive: true });
}
