/** EIP-1193, as much of it as we use. */
export type Eip1193Provider = {
  request(args: { method: string; params?: unknown }): Promise<unknown>;
  on(event: string, listener: (value: never) => void): unknown;
  removeListener(event: string, listener: (value: never) => void): unknown;
};

/** EIP-6963: what a wallet announces of itself. `rdns` names the wallet. */
export type ProviderDetail = {
  info: { uuid: string; name: string; icon: string; rdns: string };
  provider: Eip1193Provider;
};

/** Calls back with each wallet of the page, those that come later too. Returns how to stop. */
export function onWalletAnnounced(listener: (detail: ProviderDetail) => void): () => void {
  const handle = (event: Event) => listener((event as CustomEvent<ProviderDetail>).detail);
  window.addEventListener('eip6963:announceProvider', handle);
  window.dispatchEvent(new Event('eip6963:requestProvider'));
  return () => window.removeEventListener('eip6963:announceProvider', handle);
}
