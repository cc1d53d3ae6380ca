import type { ApiDocument, ApiOperation, ApiParameter, JsonSchema } from './schema';
import { typeText } from './type-text';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
const named = (name: string) => `components['schemas']['${name}']`;
const typeOf = (schema: JsonSchema) => typeText(schema, named);
const comment = (text: string | undefined) => (text ? `/** ${text.replaceAll('*/', '*\\/')} */ ` : '');
const block = (lines: string[], indent: string) => `{\n${lines.map((line) => `${indent}  ${line}`).join('\n')}\n${indent}}`;

/** A file or form goes and comes as it is; events and texts are text. */
const contentText = (content: Record<string, { schema: JsonSchema }>) =>
  `{ ${Object.entries(content)
    .map(([type, { schema }]) => `${JSON.stringify(type)}: ${FILES[type] ?? typeOf(schema)}`)
    .join('; ')} }`;
const FILES: Record<string, string> = { 'multipart/form-data': 'FormData', 'application/octet-stream': 'Blob' };

function parametersText(parameters: ApiParameter[]): string {
  const places = ['query', 'header', 'path'].map((place) => {
    const of = parameters.filter((parameter) => parameter.in === place);
    if (of.length === 0) return `${place}?: never`;
    const fields = of.map(({ name, required, schema }) => `${JSON.stringify(name)}${required ? '' : '?'}: ${typeOf(schema)}`);
    return `${place}${of.some(({ required }) => required) ? '' : '?'}: { ${fields.join('; ')} }`;
  });
  return `{ ${[...places, 'cookie?: never'].join('; ')} }`;
}

function operationText({ parameters = [], requestBody, responses, security }: ApiOperation): string {
  // The client says who asks wherever that is asked for: what only a call without is answered with would stand in the way of its types.
  const told = Object.entries(responses).filter(([, response]) => security.length === 0 || !response['x-paid-by-call']);
  const answers = told.map(([status, { content }]) => `${status}: { headers: Record<string, unknown>; content: ${contentText(content)} };`);
  return block(
    [
      `parameters: ${parametersText(parameters)};`,
      requestBody ? `requestBody: { content: ${contentText(requestBody.content)} };` : 'requestBody?: never;',
      `responses: ${block(answers, '      ')};`,
    ],
    '    ',
  );
}

/** The description of the API as types for `openapi-fetch`, in the form that openapi-typescript gives them (that one needs an older TypeScript than ours). */
export function clientTypes({ paths, components }: ApiDocument): string {
  const pathLines = Object.entries(paths).map(([path, methods]) => {
    const lines = METHODS.map((method) => {
      const operation = methods[method];
      return operation ? `${comment(operation.summary)}${method}: ${operationText(operation)};` : `${method}?: never;`;
    });
    return `${JSON.stringify(path)}: ${block([`parameters: ${parametersText([])};`, ...lines], '  ')};`;
  });
  const schemaLines = Object.entries(components.schemas).map(([name, schema]) => `${name}: ${schemaText(schema)};`);
  return `// Written by \`npm run contract:write\` from public/gateway.openapi.json. Do not edit.

export interface paths ${block(pathLines, '')}

export interface components {
  schemas: ${block(schemaLines, '  ')};
}
`;
}

/** An object's fields a line each, with what they are. */
function schemaText(schema: JsonSchema): string {
  const { properties, required = [] } = schema;
  if (!properties) return typeOf(schema);
  const fields = Object.entries(properties).map(
    ([name, field]) => `${comment(field.description)}${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeOf(field)};`,
  );
  return block(fields, '    ');
}
