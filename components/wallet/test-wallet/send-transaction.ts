import { type BaseError, createWalletClient, custom, defineChain, formatEther, type Hex, hexToBigInt, isAddress, isHex } from 'viem';
import { rpc } from '../rpc';
import { RpcError, userRejected } from '../rpc-error';
import { askPerson } from './ask';
import { connectedAccount } from './signing-account';

type Request = { from?: unknown; to?: unknown; value?: unknown; data?: unknown; gas?: unknown };

/** eth_sendTransaction: prepares, asks the person, signs here and sends the signed bytes. Fees and nonce are the wallet's own. */
export async function sendTransaction(where: { chainId: number; rpcPath: string }, request: unknown): Promise<Hex> {
  const { from, to, value, data, gas } = (request ?? {}) as Request;
  const account = await connectedAccount(from);
  const wallet = createWalletClient({ account, chain: localChain(where), transport: throughProxy(where.rpcPath) });
  const wei = isHex(value) ? hexToBigInt(value) : 0n;
  const call = {
    to: typeof to === 'string' && isAddress(to) ? to : null,
    value: wei,
    data: isHex(data) ? data : undefined,
    gas: isHex(gas) ? hexToBigInt(gas) : undefined,
  };
  const prepared = await wallet.prepareTransactionRequest(call).catch((error: BaseError) => {
    throw new RpcError(-32000, error.shortMessage ?? 'The transaction would fail.', revertData(error));
  });
  const feeWei = (prepared.gas ?? 0n) * (prepared.maxFeePerGas ?? prepared.gasPrice ?? 0n);
  const approved = await askPerson({
    kind: 'transaction',
    account: account.address,
    to: call.to,
    amount: `${formatEther(wei)} ETH`,
    fee: `at most ${formatEther(feeWei)} ETH`,
    data: call.data ?? '0x',
  });
  if (!approved) throw userRejected();
  return wallet.sendRawTransaction({ serializedTransaction: await wallet.signTransaction(prepared) });
}

/** viem tries a method first that no node of ours has; saved here is the round trip. */
const throughProxy = (rpcPath: string) =>
  custom({
    request: async ({ method, params }: { method: string; params?: unknown }) => {
      if (method === 'eth_fillTransaction') throw new RpcError(-32601, 'eth_fillTransaction is not available');
      return rpc(rpcPath, method, params);
    },
  });

const localChain = ({ chainId, rpcPath }: { chainId: number; rpcPath: string }) =>
  defineChain({
    id: chainId,
    name: 'Local chain',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcPath] } },
  });

const revertData = (error: BaseError) => (error.walk((e) => isHex((e as { data?: unknown }).data)) as { data?: Hex } | null)?.data;
