import Ajv, { type ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import erc721 from '@/contracts/test/schemas/erc-721.json';
import erc7007 from '@/contracts/test/schemas/erc-7007.json';
import erc7572 from '@/contracts/test/schemas/erc-7572.json';
import ours from '@/public/schemas/token-metadata-v1.json';

const draft7 = new Ajv({ allErrors: true });
const draft2020 = new Ajv2020({ allErrors: true, strictRequired: false });
addFormats(draft2020);

const token = { 'ERC-721': draft7.compile<unknown>(erc721), 'ERC-7007': draft7.compile<unknown>(erc7007), ours: draft2020.compile<unknown>(ours) };
const collection = { 'ERC-7572': draft2020.compile<unknown>(erc7572) };

/** What a token's metadata breaks of each schema it is written by; empty when nothing. */
export const tokenProblems = (metadata: unknown) => problems(token, metadata);

/** The same of what `contractURI` answers. */
export const collectionProblems = (metadata: unknown) => problems(collection, metadata);

function problems(schemas: Record<string, ValidateFunction>, value: unknown): string[] {
  return Object.entries(schemas).flatMap(([name, check]) =>
    check(value) ? [] : (check.errors ?? []).map((error) => `${name}: ${error.instancePath} ${error.message}`),
  );
}
