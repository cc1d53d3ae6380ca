import { z } from 'zod';
import {
  batchRequestSchema,
  batchResultSchema,
  healthSchema,
  receiptSchema,
  runRequestSchema,
  runResultSchema,
  runWaitingSchema,
} from './endpoint-contract';
import { OPERATIONS } from './endpoint-operations';
import { problemSchema } from './endpoint-problem';

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

/** public/endpoint-contract.openapi.json. */
export function endpointOpenApi(): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Intaglio endpoint contract', version: '1', description: DESCRIPTION },
    paths: OPERATIONS,
    components: { schemas: Object.fromEntries(Object.entries(SCHEMAS).map(([name, schema]) => [name, jsonSchema(schema)])) },
  };
}
