import { encodeFunctionData, type Hex } from 'viem';
import { workCollectionAbi as abi } from '@/lib/chain/abi/work-collection';
import { evolutionDigest } from '@/lib/protocol/evolution';
import { fileCid } from '@/lib/protocol/file-cid';
import { compactSignature } from '@/lib/protocol/mint-request';
import { writeRecord } from '@/lib/protocol/png-record';
import { bytesHash, labelHash } from '@/lib/protocol/voucher';
import type { WorkRecord } from '@/lib/protocol/work-record';
import { type TokenOfFile, tokenOfFile } from '../token-of-file';
import type { TestHouse } from './house';
import { makeTestWork, type TestWork } from './make-work';
import type { Random } from './random';

export type Grown = TestWork & { token: Exclude<TokenOfFile, { kind: 'none' | 'drop' }> };

export async function grownFrom(work: TestWork): Promise<Grown> {
  const token = tokenOfFile(work.record, await fileCid(work.file));
  if (token.kind === 'none' || token.kind === 'drop') throw new Error('not a file of a dynamic token');
  return { ...work, token };
}

/** One step more of a dynamic token, on the chain and as a file. `first` is the token's first work, `before` its newest. */
export async function growToken(house: TestHouse, random: Random, first: Grown, before: Grown): Promise<Grown> {
  const made = await makeTestWork(house, random, { parent: before.digest, titled: false });
  const frame = { label: `Later ${random.below(1e6)}`, traits: '0x' as Hex, token: first.token.tokenId, previous: before.token.metadata };
  const record: WorkRecord = { ...made.record, ...frame };
  const step = await grownFrom({ ...made, record, file: writeRecord(made.file, record) });
  const { timestamp } = await house.chain.client.getBlock();
  const [image, deadline] = [await fileCid(step.file), timestamp + 900n];
  const evolution = {
    ...{ token: BigInt(frame.token), previous: frame.previous, receipt: step.digest, label: labelHash(frame.label), traits: bytesHash(frame.traits) },
    ...{ codec: image.codec, image: image.digest, captured: timestamp, deadline },
  };
  const request = {
    ...{ token: BigInt(frame.token), captured: timestamp, deadline, terms: first.record.evolve as Hex, record: step.token.shown },
    receiptSignature: compactSignature(record.signature),
    evolutionSignature: compactSignature(await house.platform.signDigest(evolutionDigest(house.chainId, house.collection, evolution))),
  };
  const isFirst = before.token.kind === 'first';
  const data = isFirst
    ? encodeFunctionData({ abi, functionName: 'evolveFirst', args: [first.token.shown, request] })
    : encodeFunctionData({ abi, functionName: 'evolve', args: [request] });
  const hash = await house.chain.send(house.collection, data);
  const { status } = await house.chain.client.waitForTransactionReceipt({ hash, pollingInterval: 5 });
  if (status !== 'success') throw new Error('the step was reverted');
  return step;
}
