import { z } from 'zod';
import { alikeSchema, answerSchema, likenessInput } from './schema';

const DESCRIPTION = `From a file, a token, a CID, a digest or a receipt to the work it belongs to, and what holds of it, link by link. Open to everyone and
to every site's pages: no key, no cookies. For one client at most 300 questions a minute, and 60 files that are opened, sent or stored here; a file of more than 4 megapixels counts once
for each 4 of them (429, with retryAfterMs). A body has to begin within ten seconds and to come on at 2 Mbit/s (408).

Only public works are named: those that are minted or that their owners show. Who asks about a private work is told what they would be told of
none. What was found exactly stands in work and tokens; what only looks alike stands in resembles, and is no proof of anything.

The same checks run without us: the package intaglio-verify needs the file and any node of the chain.

Within version 1 fields are added, never taken away or given another meaning.`;

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _dialect, additionalProperties: _strict, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object) => ({ 'application/json': { schema } });
const digest = { type: 'string', pattern: '^(0x)?[0-9a-fA-F]{64}$' };
const query = (name: string, description: string, schema: object = digest) => ({ name, in: 'query', description, schema });
const problems = Object.fromEntries(
  ['400', '408', '413', '415', '429', '503'].map((status) => [
    status,
    { description: 'What was wrong, in a sentence.', content: json(ref('Problem')) },
  ]),
);
const answers = (schema: object) => ({ '200': { description: 'What is known, also where that is nothing.', content: json(schema) }, ...problems });

const PATHS = {
  '/api/v1/verify': {
    get: {
      summary: 'Look a work up. Exactly one question: token (with or without collection), cid, receipt, content or digest.',
      parameters: [
        query('token', 'Number of a token, 0x and hexadecimal or decimal.', { type: 'string' }),
        query('collection', 'Address of the token’s collection.', { type: 'string', pattern: '^0x[0-9a-fA-F]{40}$' }),
        query('cid', 'CID of a token’s image or metadata.', { type: 'string' }),
        query('receipt', 'Digest of a receipt (EIP-712).'),
        query('content', 'Digest of a work’s pixels, or of its text.'),
        query('digest', 'Any of token, receipt and content, where it is not known which.'),
      ],
      responses: answers(ref('Answer')),
    },
    post: {
      summary: 'Check a file, or a receipt; or find what a picture looks like without sending it.',
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: ['file'],
              properties: {
                file: {
                  type: 'string',
                  format: 'binary',
                  description: 'PNG, JPEG or WebP up to 20 MB and 40 megapixels, a text, or a receipt’s file.',
                },
              },
            },
          },
          ...json({ oneOf: [ref('Receipt'), ref('Likeness')] }),
        },
      },
      responses: answers({ oneOf: [ref('Answer'), ref('Alike')] }),
    },
  },
};

/** public/verify-api.openapi.json. */
export function verifyOpenApi(): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Intaglio verify', version: '1', description: DESCRIPTION },
    paths: PATHS,
    components: {
      schemas: {
        Answer: jsonSchema(answerSchema, 'output'),
        Alike: jsonSchema(alikeSchema, 'output'),
        Likeness: jsonSchema(likenessInput, 'input'),
        Receipt: { type: 'object', description: 'A receipt as a work’s page gives it, or the record as it is in a work’s file.' },
        Problem: {
          type: 'object',
          properties: {
            error: { type: 'object', properties: { code: { type: 'string' }, message: { type: 'string' }, details: { type: 'object' } } },
          },
        },
      },
    },
  };
}
