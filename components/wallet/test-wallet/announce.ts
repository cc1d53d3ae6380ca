import type { ProviderDetail } from '../eip6963';
import { TEST_WALLET_NAME, TEST_WALLET_RDNS } from './identity';
import { createTestProvider, type TestWalletChain } from './provider';

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="#8a4b2a"/><path d="M8 11h16v11H8zM8 15h16" fill="none" stroke="#fff" stroke-width="2"/></svg>',
)}`;

let detail: ProviderDetail | null = null;

/** Makes the test wallet known to the page by EIP-6963, like an extension would. Only for the launcher's chain; safe to repeat. */
export function announceTestWallet(chain: TestWalletChain): ProviderDetail {
  if (detail) return detail;
  const made: ProviderDetail = Object.freeze({
    info: { uuid: crypto.randomUUID(), name: TEST_WALLET_NAME, icon: ICON, rdns: TEST_WALLET_RDNS },
    provider: createTestProvider(chain),
  });
  detail = made;
  const announce = () => window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: made }));
  window.addEventListener('eip6963:requestProvider', announce);
  announce();
  return made;
}
