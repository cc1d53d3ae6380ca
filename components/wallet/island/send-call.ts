import type { Hex } from 'viem';
import type { Config } from 'wagmi';
import { getConnection, getPublicClient, sendTransaction } from 'wagmi/actions';
import { shortHex } from '@/components/format';
import { fillFromFaucet } from '../test-wallet/faucet';
import { TEST_WALLET_RDNS } from '../test-wallet/identity';
import type { WalletCall } from '../wallet-link';
import { WalletProblem } from '../wallet-problem';
import { explain } from './explain';

/**
 * Sends a call as `from`, and as nobody else: the wallet itself is asked for its account and network at the last moment, whatever the
 * page thinks. The call is tried on the chain first, so that one that must fail costs nothing and says why. Returns the transaction
 * hash. Throws WalletProblem.
 */
export async function sendCall(config: Config, from: Hex, call: WalletCall): Promise<Hex> {
  try {
    const { connector } = getConnection(config);
    if (!connector) throw new WalletProblem('Connect your wallet first.');
    const [account] = await connector.getAccounts();
    if (account?.toLowerCase() !== from) {
      throw new WalletProblem(`Your wallet shows ${account ? shortHex(account) : 'no account'}, but you are signed in as ${shortHex(from)}.`);
    }
    if ((await connector.getChainId()) !== call.chainId) throw new WalletProblem('Your wallet is on another network. Switch it and try again.');
    if (connector.id === TEST_WALLET_RDNS) await fillFromFaucet();
    const value = BigInt(call.valueWei);
    await getPublicClient(config)?.call({ account: from, to: call.to, data: call.data, value });
    return await sendTransaction(config, { account: from, to: call.to, data: call.data, value, chainId: call.chainId, connector });
  } catch (error) {
    throw explain(error);
  }
}
