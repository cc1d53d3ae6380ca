import { startEndpoint } from './endpoint';
import { loadModel } from './model';
import { readSettings } from './settings';

const settings = readSettings(process.argv[2] ?? 'endpoint.json');
const endpoint = await startEndpoint(settings, await loadModel(settings.model));
console.log(`serving ${settings.versions.length || 'every'} version(s) as ${endpoint.url}, on ${settings.host}:${settings.port}`);
console.log(
  endpoint.signer
    ? `receipts are signed by ${endpoint.signer}, whose key is in ${settings.keyFile}: keep a copy of it`
    : 'receipts are signed by the platform',
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // Runs that are under way are on disk, and go on at the next start.
  process.once(signal, () => endpoint.close().then(() => process.exit(0)));
}
