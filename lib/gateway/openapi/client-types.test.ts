import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { clientTypes } from './client-types';
import { gatewayOpenApi } from './document';

test('the types of the client are those of the description (npm run contract:write)', () => {
  const written = readFileSync(new URL('../../../packages/client/api.generated.ts', import.meta.url), 'utf8');
  expect(written).toBe(clientTypes(gatewayOpenApi()));
});
