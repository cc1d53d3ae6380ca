import { expect, test } from 'vitest';
import { readLookUp } from './look-up-input';
import { lookUpQuery } from './look-up-query';

const digest = `0x${'ab'.repeat(32)}` as const;
const collection = '0x00000000000000000000000000000000000000c0';
const cid = 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy';
const one = `0x${'0'.repeat(63)}1`;

test('32 bytes may be a token, a receipt or a content, with or without 0x and in any case', () => {
  for (const text of [digest, ` ${digest.toUpperCase().replace('0X', '0x')}\n`, digest.slice(2)])
    expect(readLookUp(text)).toEqual({ kind: 'digest', digest });
});

test('a shorter number is a token', () => {
  expect(readLookUp('1')).toEqual({ kind: 'token', tokenId: one });
  expect(readLookUp('0x1')).toEqual({ kind: 'token', tokenId: one });
});

test('a token with its collection is read out of what explorers and markets write', () => {
  const token = { kind: 'token', tokenId: one, collection };
  for (const text of [
    `${collection}/1`,
    `${collection}:1`,
    `https://etherscan.io/nft/${collection}/1`,
    `https://etherscan.io/token/${collection}?a=1`,
    `https://opensea.io/assets/base/${collection.toUpperCase().replace('0X', '0x')}/1/`,
    `eip155:31337/erc721:${collection}/1`,
  ])
    expect([text, readLookUp(text)]).toEqual([text, token]);
});

test('a CID is read alone, as an ipfs address, and out of a gateway’s', () => {
  for (const text of [cid, `ipfs://${cid}`, `https://ipfs.io/ipfs/${cid}`, `http://localhost:3000/ipfs/${cid}?filename=a.png`])
    expect([text, readLookUp(text)]).toEqual([text, { kind: 'cid', cid }]);
});

test('where a token’s external_url leads is its content', () => {
  expect(readLookUp(`https://example.org/w/${digest.slice(2)}`)).toEqual({ kind: 'content', digest });
});

test('JSON is a receipt, to be checked', () => {
  expect(readLookUp('{"a":1}')).toEqual({ kind: 'receipt', json: { a: 1 } });
});

test('anything else is nothing of the kind', () => {
  const odd = ['', 'hello', '{', '-1', '1e3', '0x', '12ab', (2n ** 256n).toString(), `${digest}0`, collection, 'https://example.org', cid.slice(1)];
  for (const text of odd) expect([text, readLookUp(text)]).toEqual([text, null]);
});

test('a query asks one thing', () => {
  expect(lookUpQuery.parse({ token: '255' })).toEqual({ kind: 'token', tokenId: `0x${'0'.repeat(62)}ff` });
  expect(lookUpQuery.parse({ token: '0xFF', collection: collection.replace('c0', 'C0') })).toMatchObject({ collection });
  expect(lookUpQuery.parse({ receipt: digest })).toEqual({ kind: 'receiptDigest', digest });
  expect(lookUpQuery.parse({ content: digest.slice(2).toUpperCase() })).toEqual({ kind: 'content', digest });
  expect(lookUpQuery.parse({ digest })).toEqual({ kind: 'digest', digest });
  expect(lookUpQuery.parse({ cid })).toEqual({ kind: 'cid', cid });
  const odd = [{}, { token: '1', cid }, { token: 'x' }, { receipt: '0x12' }, { cid, collection }, { other: '1' }, { cid: '' }];
  for (const query of odd) expect([query, lookUpQuery.safeParse(query).success]).toEqual([query, false]);
});
