import { z } from 'zod';
import {
  batchRequestSchema,
  batchResultSchema,
  healthSchema,
  PROBLEMS,
  type ProblemCode,
  problemSchema,
  receiptSchema,
  runRequestSchema,
  runResultSchema,
  runWaitingSchema,
} from './endpoint-contract';

const SCHEMAS = {
  Receipt: receiptSchema,
  RunRequest: runRequestSchema,
  RunResult: runResultSchema,
  RunWaiting: runWaitingSchema,
  Health: healthSchema,
  BatchRequest: batchRequestSchema,
  BatchResult: batchResultSchema,
  Problem: problemSchema,
} satisfies Record<string, z.ZodType>;
type SchemaName = keyof typeof SCHEMAS;

const DESCRIPTION = `What a creator's own server answers, so that Intaglio can run the model behind it. The address of each operation is the
deployment's address and the path.

Every request is signed: HTTP Message Signatures (RFC 9421), Ed25519, over @method, @target-uri and content-digest (RFC 9530, sha-256, of the
empty body too), good for at most 60 seconds and for one use, always in this form:

    content-digest: sha-256=:<base64>:
    signature-input: intaglio=("@method" "@target-uri" "content-digest");created=<unix>;expires=<unix>;nonce="<nonce>";keyid="<kid>";alg="ed25519"
    signature: intaglio=:<base64>:

The keys are at /.well-known/intaglio-endpoint-keys.json of the platform (JWKS). Refuse what is not signed, signed by another key, older than
it may be, or signed with a nonce you have seen.

Recompute every hash (version, paramsHash of the parameter text, promptHash of salt and prompt, the content of each input and of what was
made) before the version's key signs the receipt: EIP-712, domain {name: "Intaglio", version: "1", chainId, verifyingContract: collection}.`;

/** An answer adds fields in a later contract without breaking who reads it; a request with a field that is not known is refused. */
function jsonSchema(schema: z.ZodType): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}

const ref = (name: SchemaName) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: SchemaName, description: string) => ({ description, content: { 'application/json': { schema: ref(name) } } });
const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: ref('Problem') } } });
const body = (name: SchemaName) => ({ required: true, content: { 'application/json': { schema: ref(name) } } });

/** The problems of an operation, by their status. */
function problems(...codes: ProblemCode[]): Record<string, object> {
  const all: ProblemCode[] = ['bad_signature', 'expired', ...codes];
  const ofStatus = (status: number) => all.filter((code) => PROBLEMS[code] === status).map((code) => `\`${code}\``);
  return Object.fromEntries(all.map((code) => [PROBLEMS[code], problem(ofStatus(PROBLEMS[code]).join(', '))]));
}

const runParameter = { name: 'run', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };
const waiting = json('RunWaiting', 'Accepted and under way: ask again after `pollAfterMs`.');
const result = json('RunResult', 'The result. The same run has the same result whenever it is asked for.');

const PATHS = {
  '/health': {
    get: {
      operationId: 'health',
      summary: 'Whether runs are taken, of which versions, and who signs',
      responses: { 200: json('Health', 'It is there.'), ...problems() },
    },
  },
  '/runs': {
    post: {
      operationId: 'startRun',
      summary: 'Makes a picture or a text, once for each run id',
      description: '`busy` carries retry-after. `conflict`: the run id was used with other content.',
      requestBody: body('RunRequest'),
      responses: {
        200: result,
        202: waiting,
        ...problems('bad_request', 'conflict', 'unknown_version', 'hash_mismatch', 'blocked', 'busy', 'failed'),
      },
    },
  },
  '/runs/{run}': {
    parameters: [runParameter],
    get: {
      operationId: 'readRun',
      summary: 'Where a run is',
      responses: { 200: result, 202: waiting, ...problems('not_found', 'blocked', 'failed') },
    },
    delete: {
      operationId: 'stopRun',
      summary: 'Stops a run',
      description: 'A run that was stopped is forgotten: sent again, it is made anew. One that has ended keeps its result.',
      responses: { 202: { description: 'It is being stopped.' }, 204: { description: 'There was nothing to stop.' }, ...problems() },
    },
  },
  '/batches': {
    post: {
      operationId: 'signBatch',
      summary: 'Signs all works of a drop',
      description:
        'Every receipt must have been signed by this key in the drop’s domain. Leaf i is keccak256(keccak256(abi.encode(i, receipt digest))); pairs are hashed in sorted order, an odd last node goes up as it is. Signed is Batch(bytes32 version,bytes32 root,uint32 count).',
      requestBody: body('BatchRequest'),
      responses: { 200: json('BatchResult', 'The signature over the batch.'), ...problems('bad_request', 'unknown_version', 'hash_mismatch') },
    },
  },
};

/** public/endpoint-contract.openapi.json. */
export function endpointOpenApi(): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Intaglio endpoint contract', version: '1', description: DESCRIPTION },
    paths: PATHS,
    components: { schemas: Object.fromEntries(Object.entries(SCHEMAS).map(([name, schema]) => [name, jsonSchema(schema)])) },
  };
}
