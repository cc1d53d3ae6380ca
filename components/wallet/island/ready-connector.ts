import type { Hex } from 'viem';
import type { Config, Connector } from 'wagmi';
import { getConnection } from 'wagmi/actions';
import { shortHex } from '@/components/format';
import { fillFromFaucet } from '../test-wallet/faucet';
import { TEST_WALLET_RDNS } from '../test-wallet/identity';
import { WalletProblem } from '../wallet-problem';

/**
 * The connected wallet, if it is `from` on the chain: it is asked itself, at the last moment, whatever the page thinks. The test wallet is
 * filled. Throws WalletProblem.
 */
export async function readyConnector(config: Config, from: Hex, chainId: number): Promise<Connector> {
  const { connector } = getConnection(config);
  if (!connector) throw new WalletProblem('Connect your wallet first.');
  const [account] = await connector.getAccounts();
  if (account?.toLowerCase() !== from) {
    throw new WalletProblem(`Your wallet shows ${account ? shortHex(account) : 'no account'}, but you are signed in as ${shortHex(from)}.`);
  }
  if ((await connector.getChainId()) !== chainId) throw new WalletProblem('Your wallet is on another network. Switch it and try again.');
  if (connector.id === TEST_WALLET_RDNS) await fillFromFaucet();
  return connector;
}
