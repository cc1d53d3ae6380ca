import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endpointOpenApi } from '../lib/protocol/endpoint-openapi';
import { rootDir } from './lib/paths';

// Writes public/endpoint-contract.openapi.json. A test fails while the file is another than the schemas give.
writeFileSync(join(rootDir, 'public/endpoint-contract.openapi.json'), `${JSON.stringify(endpointOpenApi(), null, 2)}\n`);
