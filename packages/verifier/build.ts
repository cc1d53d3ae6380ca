import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { readDeployment } from '../../lib/chain/deploy/deployment';

/** What a copy trusts: the factories that are recorded in a folder of deployments, and the roots of a PEM file. */
function shippedTrust(deployments: string, roots: string | undefined) {
  const names = existsSync(deployments) ? readdirSync(deployments).filter((name) => /^\d+\.json$/.test(name)) : [];
  const factories = names.map((name) => {
    const recorded = readDeployment(deployments, Number.parseInt(name, 10));
    const all = (kind: string) => (recorded?.contracts ?? []).filter((one) => one.kind === kind).map(({ address }) => address.toLowerCase());
    return [recorded?.chainId, { work: all('work'), drop: all('drop') }] as const;
  });
  return { factories: Object.fromEntries(factories), rootsPem: roots === undefined ? '' : readFileSync(roots, 'utf8') };
}

const here = import.meta.dirname;
const { values } = parseArgs({
  options: {
    deployments: { type: 'string', default: join(here, '../../contracts/deployments') },
    roots: { type: 'string' },
    outdir: { type: 'string', default: join(here, 'dist') },
  },
});
const outdir = resolve(values.outdir);
rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });
await build({
  entryPoints: [join(here, 'main.ts')],
  outfile: join(outdir, 'intaglio-verify.mjs'),
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  legalComments: 'inline',
  tsconfig: join(here, '../../tsconfig.json'),
  banner: { js: '#!/usr/bin/env node' },
  define: { SHIPPED: JSON.stringify(shippedTrust(values.deployments, values.roots)) },
});
copyFileSync(createRequire(import.meta.url).resolve('@contentauth/c2pa-wasm/c2pa.wasm'), join(outdir, 'c2pa_bg.wasm'));
