import { PROBLEMS, type ProblemCode } from './endpoint-problem';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: string, description: string) => ({ description, content: { 'application/json': { schema: ref(name) } } });
const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: ref('Problem') } } });
const body = (name: string) => ({ required: true, content: { 'application/json': { schema: ref(name) } } });

/** The problems of an operation, by their status. */
function problems(...codes: ProblemCode[]): Record<string, object> {
  const all: ProblemCode[] = ['bad_signature', 'expired', ...codes];
  const ofStatus = (status: number) => all.filter((code) => PROBLEMS[code] === status).map((code) => `\`${code}\``);
  return Object.fromEntries(all.map((code) => [PROBLEMS[code], problem(ofStatus(PROBLEMS[code]).join(', '))]));
}

const runParameter = { name: 'run', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };
const waiting = json('RunWaiting', 'Accepted and under way: ask again after `pollAfterMs`.');
const result = json('RunResult', 'The result. The same run has the same result whenever it is asked for.');

/** The contract's operations, as OpenAPI has them. */
export const OPERATIONS = {
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
