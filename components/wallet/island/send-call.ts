import type { Hex } from 'viem';
import type { Config, Connector } from 'wagmi';
import { getPublicClient, sendTransaction } from 'wagmi/actions';
import type { WalletCall } from '../wallet-link';
import { explain } from './explain';
import { readyConnector } from './ready-connector';

/** Sends a call as `from`, and as nobody else. Returns the transaction hash. Throws WalletProblem. */
export async function sendCall(config: Config, from: Hex, call: WalletCall): Promise<Hex> {
  try {
    return await tryAndSend(config, await readyConnector(config, from, call.chainId), from, call);
  } catch (error) {
    throw explain(error);
  }
}

/** The call is tried on the chain first, so that one that must fail costs nothing and says why. */
export async function tryAndSend(config: Config, connector: Connector, from: Hex, call: WalletCall): Promise<Hex> {
  const value = BigInt(call.valueWei);
  await getPublicClient(config)?.call({ account: from, to: call.to, data: call.data, value });
  return sendTransaction(config, { account: from, to: call.to, data: call.data, value, chainId: call.chainId, connector });
}
