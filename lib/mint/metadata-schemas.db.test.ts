import { createHash } from 'node:crypto';
import { type Hex, parseEventLogs } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { parseCid, rawCid } from '@/lib/protocol/cid';
import { fileCid } from '@/lib/protocol/file-cid';
import { chainHandlers } from './chain-handlers';
import { issueVoucher } from './issue-voucher';
import { findPublicFile } from './public-file';
import { collectionProblems, tokenProblems } from './testing/metadata-schemas';
import { collector, makeWork, publishOnTestChain, sendMint, type TestModel } from './testing/mint-fixture';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const { run } = createIndexer({ handlers: chainHandlers });
let model: TestModel;
let anna: Actor;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  model = await publishOnTestChain(db, 'schemas');
  anna = await collector(db, 1);
});
afterAll(() => db.close());

const ask = (functionName: 'name' | 'contractURI') =>
  testChain.client.readContract({ address: model.collection, abi: workCollectionAbi, functionName });

test('what the contract renders of a minted work is metadata of every schema, is where tokenURI says, and names a picture that is there', async () => {
  const call = await issueVoucher(db, anna, { workId: await makeWork(db, anna, model.version), label: 'Größe №1' });
  const { hash } = await sendMint(call, 1);
  await run(db);
  const { logs } = await testChain.client.getTransactionReceipt({ hash });
  const [data] = parseEventLogs({ abi: workCollectionAbi, logs, eventName: 'AigcData' });
  const contract = { address: model.collection, abi: workCollectionAbi } as const;
  const rendered = await testChain.client.readContract({ ...contract, functionName: 'renderMetadata', args: [data?.args.aigcData ?? '0x'] });
  const metadata = JSON.parse(rendered) as { image: string; aigc_data: string; external_url: string };
  expect(tokenProblems(metadata)).toEqual([]);
  expect(`0x${createHash('sha256').update(rendered).digest('hex')}`).toBe(call.tokenId);

  const uri = await testChain.client.readContract({ ...contract, functionName: 'tokenURI', args: [BigInt(call.tokenId)] });
  expect(parseCid(uri.slice('ipfs://'.length))).toEqual(rawCid(rendered));
  expect(await (await findPublicFile(db, uri.slice('ipfs://'.length)))?.read()).toEqual(Uint8Array.from(Buffer.from(rendered)));
  const image = await findPublicFile(db, metadata.image.slice('ipfs://'.length));
  expect(await fileCid((await image?.read()) ?? new Uint8Array())).toEqual(parseCid(metadata.image.slice('ipfs://'.length)));
  const { content } = await db.prisma.token.findFirstOrThrow({ where: { tokenId: call.tokenId } });
  expect(metadata.external_url).toBe(`http://localhost:3000/w/${content.slice(2)}`);
});

test('what contractURI answers is metadata of ERC-7572, of the contract’s own name and its creator', async () => {
  const uri = (await ask('contractURI')) as string;
  const [head, body] = uri.split(',');
  expect(head).toBe('data:application/json;base64');
  const metadata = JSON.parse(Buffer.from(body ?? '', 'base64').toString()) as { name: string; collaborators: Hex[] };
  expect(collectionProblems(metadata)).toEqual([]);
  expect(collectionProblems({ ...metadata, name: undefined, external_link: 'no address' })).not.toEqual([]);
  expect(metadata.name).toBe(await ask('name'));
  expect(metadata.collaborators.map((one) => one.toLowerCase())).toEqual([model.creator.address.toLowerCase()]);
});
