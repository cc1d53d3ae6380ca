import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { ApiDocument, JsonSchema } from '@/lib/gateway/openapi/schema';

const api = JSON.parse(readFileSync(new URL('../../../../public/gateway.openapi.json', import.meta.url), 'utf8')) as ApiDocument;

/** Every object with no other fields than those described. What a manifest may hold more, it may hold. */
function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, of]) => [name, strict(of)]));
  return 'properties' in inner && inner.type === 'object' ? { additionalProperties: false, ...inner } : inner;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema({ $id: 'api', components: strict(api.components) as object });
const rooted = (schema: JsonSchema) => JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/')) as object;

const templates = Object.keys(api.paths).map((path) => ({ path, form: new RegExp(`^/api/v1${path.replace(/\{\w+\}/g, '[^/]+')}$`) }));
export const OPERATION_IDS = Object.values(api.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));

/** A fetch that looks up in the published description what it was answered. `seen`: the operations that were answered with what they are for. */
export function describedFetch(): { fetch: (request: Request) => Promise<Response>; seen: Set<string>; problems: string[] } {
  const seen = new Set<string>();
  const problems: string[] = [];
  async function described(request: Request): Promise<Response> {
    const { method } = request;
    const { pathname } = new URL(request.url);
    const response = await fetch(request);
    const path = templates.find(({ form }) => form.test(pathname))?.path ?? '';
    const operation = api.paths[path]?.[method.toLowerCase()];
    const answer = operation?.responses[response.status];
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
    const content = answer?.content[type];
    const at = `${method} ${pathname} ${response.status} ${type}`;
    if (!operation || !content) problems.push(`${at} is not described`);
    else if (type.endsWith('json') && !ajv.validate(rooted(content.schema), await response.clone().json()))
      problems.push(`${at}: ${ajv.errorsText()}`);
    for (const name of ['payment-required', 'payment-response'])
      if (response.headers.has(name) && !Object.keys(answer?.headers ?? {}).some((header) => header.toLowerCase() === name))
        problems.push(`${at}: ${name} is not described`);
    if (operation && response.ok) seen.add(operation.operationId);
    return response;
  }
  return { fetch: described, seen, problems };
}
