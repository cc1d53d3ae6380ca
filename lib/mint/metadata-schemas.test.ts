import { expect, it } from 'vitest';
import vectors from '@/contracts/test/vectors/protocol.json';
import { tokenProblems } from './testing/metadata-schemas';

type Json = Record<string, unknown>;
const [first] = vectors.metadata.map(({ json }) => JSON.parse(json) as Json & { provenance: Json });

it('every committed vector, frozen, dynamic or a step, is metadata of ERC-721, of ERC-7007 and of our own schema', () => {
  for (const json of [...vectors.metadata.map((vector) => vector.json), vectors.step.json]) expect(tokenProblems(JSON.parse(json))).toEqual([]);
});

it.each<[string, Json]>([
  ['a key that nobody knows', { price: '1' }],
  ['an image that is no CID', { image: 'https://intaglio.example/1.png' }],
  ['an image by a CIDv0', { image: 'ipfs://QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG' }],
  ['a proof that it is not', { proof_type: 'validity' }],
  ['a prompt in the open', { prompt: 'a private thought' }],
  ['an address of a page without the content', { external_url: 'https://intaglio.example/work/' }],
  ['no name', { name: undefined }],
  ['a seed as a number', { provenance: { ...first?.provenance, seed: 7 } }],
  ['neither terms nor a token', { provenance: { ...first?.provenance, evolve: undefined } }],
])('metadata with %s is refused by it', (_, change) => {
  expect(tokenProblems(JSON.parse(JSON.stringify({ ...first, ...change })))).not.toEqual([]);
});
