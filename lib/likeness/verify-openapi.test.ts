import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { verifyOpenApi } from './verify-openapi';

test('the published description of the API is what the schemas say (npm run contract:write)', () => {
  const published = readFileSync(new URL('../../public/verify-api.openapi.json', import.meta.url), 'utf8');
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(verifyOpenApi())));
});
