import { rememberedWallet } from './browser-store';
import { onWalletAnnounced, type ProviderDetail } from './eip6963';
import { TEST_WALLET_RDNS } from './test-wallet/identity';

type Watch = {
  /** The session's account, lowercase. */
  address: string;
  chain: { chainId: number | null; rpcPath: string; testWallet: boolean };
  onOther(address: string): void;
};

/**
 * Tells when the wallet that signed in shows another account than the session's, at once or later. It speaks to the wallet itself and
 * needs no wallet library, so that it can run on every page. A locked wallet shows no account: that is not another one.
 * Returns how to stop.
 */
export function watchIdentity({ address, chain, onOther }: Watch): () => void {
  const wallet = rememberedWallet();
  if (!wallet) return () => {};
  if (wallet === TEST_WALLET_RDNS && chain.testWallet) {
    import('./test-wallet/announce').then(
      ({ announceTestWallet }) => announceTestWallet(chain),
      () => {},
    );
  }

  let provider: ProviderDetail['provider'] | undefined;
  const check = (accounts: unknown) => {
    const first: unknown = Array.isArray(accounts) ? accounts[0] : undefined;
    if (typeof first === 'string' && first.toLowerCase() !== address) onOther(first);
  };
  const stop = onWalletAnnounced((detail) => {
    if (provider || detail.info.rdns !== wallet) return;
    provider = detail.provider;
    provider.on('accountsChanged', check);
    provider.request({ method: 'eth_accounts' }).then(check, () => {});
  });
  return () => {
    stop();
    provider?.removeListener('accountsChanged', check);
  };
}
