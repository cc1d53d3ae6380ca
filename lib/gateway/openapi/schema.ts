/** What of JSON Schema our descriptions use. */
export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  default?: unknown;
  description?: string;
};
type Content = Record<string, { schema: JsonSchema }>;
export type ApiParameter = { name: string; in: 'path' | 'query' | 'header'; description: string; required?: boolean; schema: JsonSchema };
/** `x-paid-by-call`: of calls alone that say nothing of who asks, and are paid (x402). */
type ApiResponse = {
  description: string;
  headers?: Record<string, { description: string; schema: JsonSchema }>;
  content: Content;
  'x-paid-by-call'?: true;
};
export type ApiOperation = {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  /** Empty: everybody. Else one of them, with the scope that it needs. */
  security: Record<string, string[]>[];
  parameters?: ApiParameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, ApiResponse>;
};
/** What of OpenAPI 3.1 our description uses. */
export type ApiDocument = {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, ApiOperation>>;
  components: { securitySchemes: Record<string, object>; schemas: Record<string, JsonSchema> };
};

export const nameOfRef = (ref: string): string => ref.split('/').at(-1) ?? ref;
