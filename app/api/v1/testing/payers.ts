import { randomBytes } from 'node:crypto';
import { decodePaymentRequiredHeader, decodePaymentResponseHeader, encodePaymentSignatureHeader } from '@x402/core/http';
import { ExactEvmScheme } from '@x402/evm/exact/client';
import { wrapFetchWithPaymentFromConfig, x402Client } from '@x402/fetch';
import { encodeFunctionData, type Hex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { expect } from 'vitest';
import { localUsdcAbi } from '@/lib/chain/abi/local-usdc';
import { deploymentOf } from '@/lib/chain/deployments';
import { testChain } from '@/lib/chain/testing/env-chain';

const CHAIN = 31_337;
export const usdc = () => deploymentOf(CHAIN).standIns?.usdc ?? '0x';
export const till = () => deploymentOf(CHAIN).current('till');

let sent: Promise<unknown> = Promise.resolve();
/** From a funded account to the token: one after the other, for its nonce. */
export function toUsdc(data: Hex): Promise<Hex> {
  const next = sent.then(() => testChain.send(usdc(), data, 0n, 3));
  sent = next.catch(() => {});
  return next;
}
export const usdcBalance = (address: Hex) =>
  testChain.client.readContract({ address: usdc(), abi: localUsdcAbi, functionName: 'balanceOf', args: [address] });
export const isUsed = (payer: Hex, nonce: string) =>
  testChain.client.readContract({ address: usdc(), abi: localUsdcAbi, functionName: 'authorizationState', args: [payer, nonce as Hex] });

/** A wallet with USDC, and x402's own client over it. The client spends known assets alone by default, and the stand-in is none. */
export async function newPayer(units: bigint) {
  const account = privateKeyToAccount(generatePrivateKey());
  if (units > 0n) await toUsdc(encodeFunctionData({ abi: localUsdcAbi, functionName: 'mint', args: [account.address, units] }));
  const config = { schemes: [{ network: 'eip155:*' as const, client: new ExactEvmScheme(account) }], spendControls: false as const };
  return {
    account,
    address: account.address.toLowerCase() as Hex,
    fetch: wrapFetchWithPaymentFromConfig(fetch, config),
    client: x402Client.fromConfig(config),
  };
}
export type Payer = Awaited<ReturnType<typeof newPayer>>;
export type Payment = Awaited<ReturnType<Payer['client']['createPaymentPayload']>>;

export const newIdentifier = () => `pay_${randomBytes(16).toString('hex')}`;
export const asJson = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** What a request without a payment is told to pay. */
export async function askPrice(url: string, body: object) {
  const response = await fetch(url, asJson(body));
  return {
    status: response.status,
    required: decodePaymentRequiredHeader(response.headers.get('payment-required') ?? ''),
    body: await response.json(),
  };
}

/** A payment that the client makes for it, under an identifier. */
export async function signPayment(payer: Payer, url: string, body: object, identifier?: string): Promise<Payment> {
  const payment = await payer.client.createPaymentPayload((await askPrice(url, body)).required);
  const offered = payment.extensions?.['payment-identifier'] as { info: object } | undefined;
  if (identifier && offered) payment.extensions = { 'payment-identifier': { ...offered, info: { ...offered.info, id: identifier } } };
  return payment;
}

/** The request with that payment. */
export async function sendPayment(url: string, body: object, payment: Payment) {
  const init = asJson(body);
  const response = await fetch(url, { ...init, headers: { ...init.headers, 'payment-signature': encodePaymentSignatureHeader(payment) } });
  const settled = response.headers.get('payment-response');
  return {
    status: response.status,
    body: await response.json(),
    headers: response.headers,
    settled: settled ? decodePaymentResponseHeader(settled) : null,
  };
}
export const authorizationOf = (payment: Payment) => payment.payload.authorization as Record<string, string> & { nonce: Hex };

const TYPES = {
  TransferWithAuthorization: [
    ...[
      { name: 'from', type: 'address' },
      { name: 'to', type: 'address' },
      { name: 'value', type: 'uint256' },
    ],
    ...[
      { name: 'validAfter', type: 'uint256' },
      { name: 'validBefore', type: 'uint256' },
      { name: 'nonce', type: 'bytes32' },
    ],
  ],
};

const domainOf = () => ({ name: 'USD Coin (local stand-in)', version: '2', chainId: CHAIN, verifyingContract: usdc() });

/** The payer signs what the payment says now, instead of what x402's client would have made it say. */
export async function signAgain({ account }: Payer, payment: Payment): Promise<void> {
  payment.payload.signature = await account.signTypedData({
    domain: domainOf(),
    types: TYPES,
    primaryType: 'TransferWithAuthorization',
    message: authorizationOf(payment),
  });
}

/** The payer takes an authorization back that nobody has sent yet. */
export async function cancelAuthorization({ account, address }: Payer, nonce: Hex): Promise<void> {
  const fields = [
    { name: 'authorizer', type: 'address' },
    { name: 'nonce', type: 'bytes32' },
  ] as const;
  const signature = await account.signTypedData({
    domain: domainOf(),
    types: { CancelAuthorization: fields },
    primaryType: 'CancelAuthorization',
    message: { authorizer: address, nonce },
  });
  await toUsdc(encodeFunctionData({ abi: localUsdcAbi, functionName: 'cancelAuthorization', args: [address, nonce, signature] }));
  await expect.poll(() => isUsed(address, nonce), { timeout: 30_000 }).toBe(true);
}
