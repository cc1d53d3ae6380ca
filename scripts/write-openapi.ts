import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientTypes } from '../lib/gateway/openapi/client-types';
import { gatewayOpenApi } from '../lib/gateway/openapi/document';
import { verifyOpenApi } from '../lib/likeness/verify-openapi';
import { endpointOpenApi } from '../lib/protocol/endpoint-openapi';
import { rootDir } from './lib/paths';

// Writes what public/ says of our interfaces, and the client's types. A test fails while a file is another than the schemas give.
const files = { 'endpoint-contract': endpointOpenApi(), 'verify-api': verifyOpenApi(), gateway: gatewayOpenApi() };
for (const [name, contents] of Object.entries(files))
  writeFileSync(join(rootDir, `public/${name}.openapi.json`), `${JSON.stringify(contents, null, 2)}\n`);
writeFileSync(join(rootDir, 'packages/client/api.generated.ts'), clientTypes(gatewayOpenApi()));
