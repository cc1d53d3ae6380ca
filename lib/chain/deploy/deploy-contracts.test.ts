import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getAddress, type Hex, hexToBytes, keccak256, sha256, stringToHex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { workCollectionFactoryAbi } from '@/lib/chain/abi/work-collection-factory';
import { FROZEN } from '@/lib/protocol/evolve-terms';
import { metadataCid, renderMetadata, tokenIdOf } from '@/lib/protocol/metadata';
import { mintRequest } from '@/lib/protocol/mint-request';
import { collectionDomain, NO_PARENT, RECEIPT_TYPES, receiptDigest } from '@/lib/protocol/receipt';
import { encodeRecord } from '@/lib/protocol/record-bytes';
import { encodeTraits } from '@/lib/protocol/traits';
import { bytesHash, labelHash, VOUCHER_TYPES } from '@/lib/protocol/voucher';
import { startTestChain, type TestChain } from '../testing/local-chain';
import { createCollectionCall, predictCollection } from './create-collection';
import { type DeployInput, deployContracts } from './deploy-contracts';
import { deployables } from './deployables';
import { type Deployment, readDeployment, writeDeployment } from './deployment';
import { firstBlockOf } from './deterministic';

let chain: TestChain;
let dir: string;
let input: DeployInput;
const platform = privateKeyToAccount(generatePrivateKey());

/** The one in use. */
const addressOf = ({ contracts }: Deployment, kind: string) => contracts.findLast((contract) => contract.kind === kind)?.address as Hex;
const sentBy = (address: Hex) => chain.client.getTransactionCount({ address });

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'intaglio-deploy-'));
  chain = await startTestChain({ automine: true });
  const walletClient = chain.wallet(9);
  const { address } = walletClient.account;
  input = { publicClient: chain.client, walletClient, platformOwner: address, platformSigner: platform.address, dir, commit: 'abc' };
}, 30_000);

afterAll(async () => {
  await chain.stop();
  rmSync(dir, { recursive: true });
});

describe('deploying the contracts', { timeout: 30_000 }, () => {
  it('puts them up once and records where they are', async () => {
    const deployment = await deployContracts(input);
    const sent = await sentBy(input.platformOwner);
    expect(deployment.contracts.map(({ kind }) => kind)).toEqual(deployables.map(({ kind }) => kind));
    expect(sent).toBe(deployables.length);
    expect(readDeployment(dir, 31_337)).toEqual(deployment);
    expect(await deployContracts(input)).toEqual(deployment);
    expect(await sentBy(input.platformOwner)).toBe(sent);
    const signer = await chain.client.readContract({
      address: addressOf(deployment, 'work'),
      abi: workCollectionFactoryAbi,
      functionName: 'platformSigner',
    });
    expect(signer).toBe(platform.address);
  });

  it('records the same addresses again when the record was lost', async () => {
    const before = await deployContracts(input);
    rmSync(join(dir, '31337.json'));
    const after = await deployContracts(input);
    expect(after.contracts).toEqual(before.contracts.map((contract) => ({ ...contract, block: 0 })));
  });

  it('keeps a former factory beside the one that another build brings, and goes back to it', async () => {
    const before = await deployContracts(input);
    const other = await deployContracts({ ...input, platformSigner: input.platformOwner, commit: 'def' });
    expect(other.contracts).toEqual(expect.arrayContaining(before.contracts));
    const added = other.contracts.filter(({ address }) => !before.contracts.some((former) => former.address === address));
    // The voucher key is an argument of works and passes, and the works' factory one of the drops'.
    expect(added).toMatchObject(['work', 'drop', 'pass'].map((kind) => ({ kind, commit: 'def' })));
    const sent = await sentBy(input.platformOwner);
    const back = await deployContracts(input);
    expect(addressOf(back, 'work')).toBe(addressOf(before, 'work'));
    expect(back.contracts).toHaveLength(before.contracts.length + added.length);
    expect(await sentBy(input.platformOwner)).toBe(sent);
  });

  it('forgets what a wiped local chain no longer has', async () => {
    const before = await deployContracts(input);
    const gone = { kind: 'work', address: getAddress(`0x${'77'.repeat(20)}`), block: 1, commit: 'old' } as const;
    writeDeployment(dir, { ...before, contracts: [gone, ...before.contracts] });
    expect(await deployContracts(input)).toEqual(before);
  });

  it('reads a record of the former form, in which one factory and one till were', async () => {
    const before = await deployContracts(input);
    const [factory, till] = [addressOf(before, 'work'), addressOf(before, 'till')];
    const { implementation } = before.contracts.find(({ address }) => address === factory) ?? {};
    const former = { chainId: 31_337, factory, workCollectionImplementation: implementation, till, block: 3, commit: 'old' };
    writeFileSync(join(dir, '31337.json'), JSON.stringify(former));
    const { contracts } = await deployContracts(input);
    expect(contracts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'work', address: factory, implementation, block: 3, commit: 'old' }),
        expect.objectContaining({ kind: 'till', address: till, block: 3, commit: 'old' }),
      ]),
    );
    expect(contracts.every(({ codeHash }) => codeHash)).toBe(true);
  });

  it('finds the block that brought a contract', async () => {
    const { contracts } = await deployContracts({ ...input, platformOwner: chain.wallet(1).account.address });
    const { blockNumber } = await chain.client.getTransactionReceipt({ hash: (await chain.client.getBlock()).transactions[0] as Hex });
    const newest = contracts.findLast(({ kind }) => kind === 'till')?.address as Hex;
    expect(await firstBlockOf(chain.client, newest)).toBe(Number(blockNumber));
    await chain.mine(5);
    expect(await firstBlockOf(chain.client, newest)).toBe(Number(blockNumber));
  });

  it('refuses a record that is not one', async () => {
    const deployment = await deployContracts(input);
    writeFileSync(join(dir, '31337.json'), JSON.stringify({ ...deployment, standards: { seaport: 'nowhere' } }));
    await expect(deployContracts(input)).rejects.toThrow('not an address');
    rmSync(join(dir, '31337.json'));
  });

  it('derives the implementation that the factory names, and leaves a Multicall3 that answers', async () => {
    const { standards, contracts } = await deployContracts(input);
    const factory = contracts.find(({ kind }) => kind === 'work');
    const call = { address: factory?.address as Hex, abi: workCollectionFactoryAbi, functionName: 'implementation' } as const;
    const [implementation] = await chain.client.multicall({ contracts: [call], multicallAddress: standards.multicall3, allowFailure: false });
    expect(implementation).toBe(factory?.implementation);
  });

  it('brings a collection to its predicted address, in which a mint has the id that the file predicts', async () => {
    const factory = addressOf(await deployContracts(input), 'work');
    const creator = chain.wallet(1);
    const version = privateKeyToAccount(generatePrivateKey());
    const manifest = sha256('0x01');
    const base = 'http://127.0.0.1:3000/w/';
    const terms = { salt: keccak256('0x01'), base, name: 'Plates', symbol: 'PLT', royaltyBps: 500, version: manifest, signer: version.address };
    const collection = await predictCollection(chain.client, factory, creator.account.address, terms.salt, base);
    const bounds = { capTokens: 10, floorPriceWei: 5n, opensAt: 0, closesAt: 0 };
    await creator.sendTransaction(createCollectionCall(factory, { ...terms, bounds }));
    const contract = { address: collection, abi: workCollectionAbi } as const;

    const params = '{"steps":"20"}';
    const receipt = {
      version: manifest,
      seed: 2n ** 63n + 1n,
      paramsHash: sha256(stringToHex(params)),
      promptHash: sha256('0x02'),
      content: sha256('0x03'),
    };
    const signed = { ...receipt, parent: NO_PARENT };
    const domain = collectionDomain(31_337, collection);
    const label = 'Größe';
    const traits = encodeTraits([{ name: 'Palette', value: 'Ash' }]);
    const image = { codec: 0x70, digest: sha256('0x04') } as const;
    const now = (await chain.client.getBlock()).timestamp;
    const voucher = {
      ...{ receipt: receiptDigest(31_337, collection, signed), to: chain.wallet(2).account.address, price: 5n, captured: now, deadline: now + 900n },
      ...{ label: labelHash(label), traits: bytesHash(traits), codec: image.codec, image: image.digest, evolve: bytesHash('0x') },
    };
    const request = mintRequest({
      ...{ receipt: signed, voucher, params, label, traits, evolve: FROZEN },
      receiptSignature: await version.signTypedData({ domain, types: RECEIPT_TYPES, primaryType: 'Receipt', message: signed }),
      voucherSignature: await platform.signTypedData({ domain, types: VOUCHER_TYPES, primaryType: 'Voucher', message: voucher }),
    });
    await chain.wallet(3).writeContract({ ...contract, functionName: 'mint', args: [request], value: 5n });

    const json = renderMetadata({ base, receipt: signed, image, label, traits, evolve: FROZEN });
    const tokenId = BigInt(tokenIdOf(json));
    expect(hexToBytes(metadataCid(tokenIdOf(json)).digest)).toHaveLength(32);
    expect(await chain.client.readContract({ ...contract, functionName: 'ownerOf', args: [tokenId] })).toBe(voucher.to);
    const record = encodeRecord({ receipt: signed, image, label, traits, evolve: FROZEN, params });
    expect(await chain.client.readContract({ ...contract, functionName: 'verifyRecord', args: [tokenId, record] })).toBe(true);
    expect(await chain.client.readContract({ ...contract, functionName: 'renderMetadata', args: [record] })).toBe(json);
  });
});
