import { z } from 'zod';
import { describeError, type ErrorCode } from '@/lib/errors';
import { verifyOpenApi } from '@/lib/likeness/verify-openapi';
import { receiptFileSchema } from '@/lib/protocol/receipt-file';
import { chatInput, imagesInput } from '../openai/schema';
import { paidRunInput, quotedInput, runInput } from '../schema';
import * as answers from './answers';
import { chatAnswer, imagesAnswer } from './openai-answers';
import { OPERATIONS, type Operation, ref } from './operations';
import type { ApiDocument } from './schema';

const DESCRIPTION = `Models that creators keep private, run by programs. What is made is a work with a signed receipt: it can be checked by anyone and
minted by its owner. Nothing is charged for what is not delivered.

Who asks is said by an API key, or by the signature of a wallet over each request (ERC-8128). Amounts are whole millicredits as decimal text; ids are UUIDs.
Errors are problems (RFC 9457) with a code, and carry the form of OpenAI's libraries as well.

Within version 1 fields are added, never taken away or given another meaning.`;

const FOR_ALL: ErrorCode[] = ['rate_limited', 'unavailable', 'internal'];
const FOR_CALLERS: ErrorCode[] = ['no_credentials', 'key_invalid', 'key_revoked', 'key_expired', 'signature_refused', 'scope_missing'];

/** Schemas by name, each naming the others. */
function named(io: 'input' | 'output', schemas: Record<string, z.ZodType>): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const { schemas: made } = z.toJSONSchema(registry, {
    io,
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      // Fields may be added to an answer; what else is in a body is left alone.
      const more = jsonSchema.additionalProperties;
      if (more === false || JSON.stringify(more) === '{}') delete jsonSchema.additionalProperties;
      // What goes without saying.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.format === 'uuid') delete jsonSchema.pattern;
    },
  });
  return Object.fromEntries(Object.entries(made).map(([name, { $schema: _dialect, $id: _id, ...schema }]) => [name, schema]));
}

const SCHEMAS = {
  ...named('input', { RunInput: runInput, PaidRunInput: paidRunInput, QuotedInput: quotedInput, ImagesInput: imagesInput, ChatInput: chatInput }),
  ...named('output', {
    Quote: answers.quoteAnswer,
    Run: answers.runAnswer,
    Started: answers.startedAnswer,
    RunPage: answers.runPageAnswer,
    Upload: answers.uploadAnswer,
    Paid: answers.paidAnswer,
    Paying: answers.payingAnswer,
    Images: imagesAnswer,
    Chat: chatAnswer,
    Work: answers.workAnswer,
    ReceiptFile: receiptFileSchema,
    ModelList: answers.modelListAnswer,
    Model: answers.modelAnswer,
    Caller: answers.callerAnswer,
    Problem: answers.problemAnswer,
  }),
};

const text = (description: string) => ({ description, schema: { type: 'string' } });
const PAYMENT_HEADERS = {
  'PAYMENT-REQUIRED': text('With `payment_required` and `payment_invalid`: base64 of what to pay (x402 v2).'),
  'PAYMENT-RESPONSE': text('With `payment_not_settled`: base64 of why.'),
};

/** What it may refuse with, by status. */
function problems({ codes, scope, isPayable }: Operation) {
  const all = [...new Set([...codes, ...(scope ? FOR_CALLERS : []), ...FOR_ALL])];
  const statuses = [...new Set(all.map((code) => describeError(code).status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const of = all.filter((code) => describeError(code).status === status).map((code) => `\`${code}\``);
      const headers = isPayable && status === 402 ? PAYMENT_HEADERS : undefined;
      return [status, { description: of.join(', '), headers, content: { 'application/problem+json': { schema: ref('Problem') } } }];
    }),
  );
}

function operationObject(operation: Operation) {
  const { id, tag, summary, description, scope, parameters, body, bodyType = 'application/json', answers: delivered } = operation;
  return {
    ...{ operationId: id, tags: [tag], summary, description, parameters },
    security: scope ? [{ key: [scope] }, { signature: [scope] }] : [],
    requestBody: body && { required: true, content: { [bodyType]: { schema: body } } },
    responses: { ...delivered, ...problems(operation) },
  };
}

type Verify = { paths: Record<string, Record<string, object>>; components: { schemas: Record<string, object> } };

/** The description of /verify, with the names of its schemas made its own. */
function verify(): Verify {
  const prefixed = JSON.stringify(verifyOpenApi()).replaceAll('#/components/schemas/', '#/components/schemas/Verify');
  const { paths, components } = JSON.parse(prefixed) as Verify;
  const ids: Record<string, string> = { get: 'lookUp', post: 'verify' };
  const tagged = Object.entries(paths).map(([path, methods]) => [
    path.replace('/api/v1', ''),
    Object.fromEntries(Object.entries(methods).map(([method, of]) => [method, { operationId: ids[method], tags: ['Verify'], security: [], ...of }])),
  ]);
  const renamed = Object.entries(components.schemas).map(([name, schema]) => [`Verify${name}`, schema]);
  return { paths: Object.fromEntries(tagged), components: { schemas: Object.fromEntries(renamed) } };
}

/** public/gateway.openapi.json. */
export function gatewayOpenApi(): ApiDocument {
  const { paths, components } = verify();
  const own = Object.entries(OPERATIONS).map(([path, methods]) => [
    path,
    Object.fromEntries(Object.entries(methods).map(([method, operation]) => [method, operationObject(operation)])),
  ]);
  return {
    openapi: '3.1.0',
    info: { title: 'Intaglio', version: '1', description: DESCRIPTION },
    servers: [{ url: '/api/v1' }],
    paths: { ...Object.fromEntries(own), ...paths },
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description:
            'An API key: `Authorization: Bearer igl_…`. Made at /keys. One that is for some models runs these, and sees and cancels runs and works of these alone.',
        },
        signature: {
          ...{ type: 'apiKey', in: 'header', name: 'signature' },
          description: 'A wallet’s signature over the request (RFC 9421, ERC-8128): /docs/signed-requests.',
        },
      },
      schemas: { ...SCHEMAS, ...components.schemas },
    },
  } as ApiDocument;
}
