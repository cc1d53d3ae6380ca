import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { KmsFault, type KmsFaultName, refusal } from './fault';
import { type KmsKey, newKey } from './keys';
import { operations } from './operations';

export type KmsStandIn = {
  url: string;
  keys(): KmsKey[];
  /** Operations that were asked for, in the order they came. */
  calls(): string[];
  /** A key over this scalar, as if its material had been imported. Returns its ARN. */
  hold(scalar: Uint8Array, spec?: string): string;
  /** The next `count` calls of an operation fail like this. */
  fail(operation: string, fault: KmsFaultName, count?: number): void;
  close(): Promise<void>;
};

const SIGV4 = /^AWS4-HMAC-SHA256 Credential=[^/\s]+\/\d{8}\/[a-z0-9-]+\/kms\/aws4_request, ?SignedHeaders=(\S+), ?Signature=[0-9a-f]{64}$/;

/** That the call is signed in the form of SigV4, over the headers it must be over. Whether the signature is right, only AWS can tell. */
function checkSigned({ headers }: IncomingMessage): void {
  if (!headers.authorization) throw new KmsFault('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const signed = SIGV4.exec(headers.authorization)?.[1]?.split(';') ?? [];
  const isWhole =
    ['host', 'x-amz-date', 'x-amz-target'].every((name) => signed.includes(name)) && /^\d{8}T\d{6}Z$/.test(String(headers['x-amz-date']));
  if (!isWhole) throw new KmsFault('IncompleteSignatureException', 'Authorization header is not one of SigV4.');
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() }).end(JSON.stringify(body));
}

/** A stand-in for AWS KMS on 127.0.0.1. Its keys are test keys in memory. README.md says what of it is KMS's and what is not. */
export async function startKms(): Promise<KmsStandIn> {
  const keys = new Map<string, KmsKey>();
  const calls: string[] = [];
  const faults: { operation: string; fault: KmsFaultName }[] = [];
  const take = (operation: string) => {
    const index = faults.findIndex((one) => one.operation === operation);
    return index < 0 ? undefined : faults.splice(index, 1)[0]?.fault;
  };
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const input = (await json(request)) as Record<string, unknown>;
    const name = /^TrentService\.(\w+)$/.exec(String(request.headers['x-amz-target']))?.[1] ?? '';
    const operation = operations.get(name);
    if (request.method !== 'POST' || request.headers['content-type'] !== 'application/x-amz-json-1.1' || !operation)
      throw new KmsFault('UnknownOperationException', 'The operation is not one of the stand-in.');
    checkSigned(request);
    calls.push(name);
    const fault = take(name);
    if (fault === 'hang') return;
    const refused = refusal(fault);
    if (refused) throw refused;
    send(response, 200, operation({ keys, input, fault }));
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const { status, type, message } = error instanceof KmsFault ? error : new KmsFault('ValidationException', 'The request is no JSON.');
      send(response, status, { __type: type, message });
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    keys: () => [...keys.values()],
    calls: () => [...calls],
    hold: (scalar, spec = 'ECC_SECG_P256K1') => {
      const key = newKey(spec, {}, scalar);
      keys.set(key.arn, key);
      return key.arn;
    },
    fail: (operation, fault, count = 1) => void faults.push(...Array.from({ length: count }, () => ({ operation, fault }))),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
