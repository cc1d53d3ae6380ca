import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Hex, hexToBytes, keccak256, sha256, stringToHex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { workCollectionFactoryAbi } from '@/lib/chain/abi/work-collection-factory';
import { metadataCid, renderMetadata, tokenIdOf } from '@/lib/protocol/metadata';
import { mintRequest } from '@/lib/protocol/mint-request';
import { collectionDomain, NO_PARENT, RECEIPT_TYPES, receiptDigest } from '@/lib/protocol/receipt';
import { encodeTraits } from '@/lib/protocol/traits';
import { bytesHash, labelHash, VOUCHER_TYPES } from '@/lib/protocol/voucher';
import { startTestChain, type TestChain } from '../testing/local-chain';
import { createCollectionCall, predictCollection } from './create-collection';
import { type DeployInput, deployContracts } from './deploy-contracts';
import { readDeployment } from './deployment';

let chain: TestChain;
let dir: string;
let input: DeployInput;
const platform = privateKeyToAccount(generatePrivateKey());

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
    const sent = await chain.client.getTransactionCount({ address: input.platformOwner });
    expect(sent).toBe(2);
    expect(readDeployment(dir, 31_337)).toEqual(deployment);
    expect(await deployContracts(input)).toEqual(deployment);
    expect(await chain.client.getTransactionCount({ address: input.platformOwner })).toBe(sent);
    const signer = await chain.client.readContract({ address: deployment.factory, abi: workCollectionFactoryAbi, functionName: 'platformSigner' });
    expect(signer).toBe(platform.address);
  });

  it('records the same addresses again when the record was lost', async () => {
    const { block: _, ...before } = await deployContracts(input);
    rmSync(join(dir, '31337.json'));
    expect(await deployContracts(input)).toMatchObject(before);
  });

  it('refuses a record that is not one', async () => {
    const deployment = await deployContracts(input);
    writeFileSync(join(dir, '31337.json'), JSON.stringify({ ...deployment, till: 'nowhere' }));
    await expect(deployContracts(input)).rejects.toThrow('not an address');
    rmSync(join(dir, '31337.json'));
  });

  it('leaves a Multicall3 that answers', async () => {
    const { multicall3, factory } = await deployContracts(input);
    const call = { address: factory, abi: workCollectionFactoryAbi, functionName: 'implementation' } as const;
    const [implementation] = await chain.client.multicall({ contracts: [call], multicallAddress: multicall3 as Hex, allowFailure: false });
    expect(implementation).toBe((await deployContracts(input)).workCollectionImplementation);
  });

  it('brings a collection to its predicted address, in which a mint has the id that the file predicts', async () => {
    const { factory } = await deployContracts(input);
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
      ...{ receipt: signed, voucher, params, label, traits },
      receiptSignature: await version.signTypedData({ domain, types: RECEIPT_TYPES, primaryType: 'Receipt', message: signed }),
      voucherSignature: await platform.signTypedData({ domain, types: VOUCHER_TYPES, primaryType: 'Voucher', message: voucher }),
    });
    await chain.wallet(3).writeContract({ ...contract, functionName: 'mint', args: [request], value: 5n });

    const json = renderMetadata({ chainId: 31_337, collection, base, receipt: signed, image, label, traits });
    const tokenId = BigInt(tokenIdOf(json));
    expect(hexToBytes(metadataCid(tokenIdOf(json)).digest)).toHaveLength(32);
    expect(await chain.client.readContract({ ...contract, functionName: 'ownerOf', args: [tokenId] })).toBe(voucher.to);
    const record = { receipt: signed, codec: image.codec, image: image.digest, label, traits, evolve: '0x' } as const;
    expect(await chain.client.readContract({ ...contract, functionName: 'verifyRecord', args: [tokenId, record] })).toBe(true);
    expect(await chain.client.readContract({ ...contract, functionName: 'renderMetadata', args: [record] })).toBe(json);
  });
});
