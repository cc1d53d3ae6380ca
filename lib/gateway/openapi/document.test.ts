import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gatewayOpenApi } from './document';

type Document = { paths: Record<string, Record<string, { operationId: string }>>; components: { schemas: object } };
const api = JSON.parse(JSON.stringify(gatewayOpenApi())) as Document;
const METHODS = /export (?:const|function|async function) (GET|POST|PUT|PATCH|DELETE)\b/g;
/** Beside the API: what is not offered, and the agents’ protocol, which describes itself. */
const UNDESCRIBED = ['[...rest]/route.ts', 'mcp/route.ts'];

test('the published description of the gateway is what the schemas say (npm run contract:write)', () => {
  const published = readFileSync(new URL('../../../public/gateway.openapi.json', import.meta.url), 'utf8');
  expect(JSON.parse(published)).toEqual(api);
});

test('every route of the gateway is described, and nothing else', () => {
  const folder = new URL('../../../app/api/v1/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('route.ts') && !UNDESCRIBED.includes(file));
  const routed = files.flatMap((file) => {
    const path = `/${file.replace('/route.ts', '').replace(/\[(\w+)\]/g, '{$1}')}`;
    return [...readFileSync(new URL(file, folder), 'utf8').matchAll(METHODS)].map(([, method]) => `${method?.toLowerCase()} ${path}`);
  });
  const described = Object.entries(api.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
  expect(described.sort()).toEqual(routed.sort());
});

test('every operation has a name of its own, and every schema that is named is there', () => {
  const ids = Object.values(api.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).not.toContain(undefined);
  for (const [, name] of JSON.stringify(api).matchAll(/"#\/components\/schemas\/(\w+)"/g)) expect(api.components.schemas).toHaveProperty(name ?? '');
});
