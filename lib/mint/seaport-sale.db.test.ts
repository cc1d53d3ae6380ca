import { encodeFunctionData, type Hex, hashStruct, parseAbi, parseEther, zeroAddress, zeroHash } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { STANDARDS } from '@/lib/chain/deploy/install-standards';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { issueVoucher } from './issue-voucher';
import { collector, makeWork, publishOnTestChain, sendMint } from './testing/mint-fixture';

const SELLER = 1;
const BUYER = 2;
const NATIVE = 0;
const ERC721 = 2;
const PRICE = parseEther('1');
/** Nobody's account, so that its balance is what the sale paid. */
const PLATFORM = `0x${'99'.repeat(20)}` as const;

const abi = parseAbi([
  'struct OfferItem { uint8 itemType; address token; uint256 identifierOrCriteria; uint256 startAmount; uint256 endAmount; }',
  'struct ConsiderationItem { uint8 itemType; address token; uint256 identifierOrCriteria; uint256 startAmount; uint256 endAmount; address recipient; }',
  'struct OrderParameters { address offerer; address zone; OfferItem[] offer; ConsiderationItem[] consideration; uint8 orderType; uint256 startTime; uint256 endTime; bytes32 zoneHash; uint256 salt; bytes32 conduitKey; uint256 totalOriginalConsiderationItems; }',
  'struct OrderComponents { address offerer; address zone; OfferItem[] offer; ConsiderationItem[] consideration; uint8 orderType; uint256 startTime; uint256 endTime; bytes32 zoneHash; uint256 salt; bytes32 conduitKey; uint256 counter; }',
  'struct Order { OrderParameters parameters; bytes signature; }',
  'function getOrderHash(OrderComponents order) view returns (bytes32)',
  'function fulfillOrder(Order order, bytes32 fulfillerConduitKey) payable returns (bool)',
]);
const item = ['itemType:uint8', 'token:address', 'identifierOrCriteria:uint256', 'startAmount:uint256', 'endAmount:uint256'];
const fields = (texts: string[]) => texts.map((text) => ({ name: text.split(':')[0] as string, type: text.split(':')[1] as string }));
const types = {
  OrderComponents: fields([
    ...['offerer:address', 'zone:address', 'offer:OfferItem[]', 'consideration:ConsiderationItem[]', 'orderType:uint8', 'startTime:uint256'],
    ...['endTime:uint256', 'zoneHash:bytes32', 'salt:uint256', 'conduitKey:bytes32', 'counter:uint256'],
  ]),
  OfferItem: fields(item),
  ConsiderationItem: fields([...item, 'recipient:address']),
};

const db = openDatabase(process.env.DATABASE_URL ?? '');
beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
});
afterAll(() => db.close());

/** Mints a work to the seller. */
async function mintWork(): Promise<{ collection: Hex; tokenId: bigint }> {
  const { version } = await publishOnTestChain(db);
  const seller = await collector(db, SELLER);
  const call = await issueVoucher(db, seller, { workId: await makeWork(db, seller, version), label: 'For sale' });
  expect(await sendMint(call, SELLER)).toMatchObject({ status: 'success' });
  return { collection: call.collection, tokenId: BigInt(call.tokenId) };
}

const pay = (recipient: Hex, wei: bigint) =>
  ({ itemType: NATIVE, token: zeroAddress, identifierOrCriteria: 0n, startAmount: wei, endAmount: wei, recipient }) as const;

test('a work is sold through Seaport: seller, the royalty’s receiver and platform are paid in one transaction', async () => {
  const { collection, tokenId } = await mintWork();
  const contract = { address: collection, abi: workCollectionAbi } as const;
  const [receiver, royalty] = await testChain.client.readContract({ ...contract, functionName: 'royaltyInfo', args: [tokenId, PRICE] });
  expect([receiver.toLowerCase(), royalty]).toEqual([collection, PRICE / 20n]);
  const fee = PRICE / 40n;
  const seller = testChain.wallet(SELLER);
  const parameters = {
    ...{ offerer: seller.account.address, zone: zeroAddress, orderType: 0, zoneHash: zeroHash, salt: 1n, conduitKey: zeroHash },
    ...{ startTime: 0n, endTime: 2n ** 40n, totalOriginalConsiderationItems: 3n },
    offer: [{ itemType: ERC721, token: collection, identifierOrCriteria: tokenId, startAmount: 1n, endAmount: 1n }],
    consideration: [pay(seller.account.address, PRICE - royalty - fee), pay(receiver, royalty), pay(PLATFORM, fee)],
  };
  const { totalOriginalConsiderationItems: _, ...rest } = parameters;
  const components = { ...rest, counter: 0n };
  const domain = { name: 'Seaport', version: '1.6', chainId: 31_337, verifyingContract: STANDARDS.seaport };
  const seaport = { address: STANDARDS.seaport, abi } as const;
  const order = { types, primaryType: 'OrderComponents', message: components } as const;
  const hash = await testChain.client.readContract({ ...seaport, functionName: 'getOrderHash', args: [components] });
  expect(hash).toBe(hashStruct({ types, primaryType: 'OrderComponents', data: components }));

  const approve = encodeFunctionData({ abi: workCollectionAbi, functionName: 'setApprovalForAll', args: [STANDARDS.seaport, true] });
  await testChain.send(collection, approve, 0n, SELLER);
  await testChain.mine();
  const accounts = [seller.account.address, collection, PLATFORM];
  const balances = () => Promise.all(accounts.map((address) => testChain.client.getBalance({ address })));
  const before = await balances();
  const signature = await seller.signTypedData({ domain, ...order });
  const data = encodeFunctionData({ abi, functionName: 'fulfillOrder', args: [{ parameters, signature }, zeroHash] });
  const sold = await testChain.send(STANDARDS.seaport, data, PRICE, BUYER);
  await testChain.mine();

  expect(await testChain.client.getTransactionReceipt({ hash: sold })).toMatchObject({ status: 'success' });
  const paid = (await balances()).map((balance, i) => balance - (before[i] as bigint));
  expect(paid).toEqual([PRICE - royalty - fee, royalty, fee]);
  expect(await testChain.client.readContract({ ...contract, functionName: 'ownerOf', args: [tokenId] })).toBe(
    testChain.wallet(BUYER).account.address,
  );
});
