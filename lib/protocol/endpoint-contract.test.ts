import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { endpointOpenApi } from './endpoint-openapi';

it('the published contract is the one that the schemas give (npm run contract:write)', () => {
  const published = readFileSync(new URL('../../public/endpoint-contract.openapi.json', import.meta.url), 'utf8');
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(endpointOpenApi())));
});
