import { createRoot } from 'react-dom/client';
import { AccountsDialog } from './accounts-dialog';
import { showAccounts } from './panel';
import { RequestDialog } from './request-dialog';

let host: HTMLElement | null = null;

/**
 * Puts the wallet's own windows on the page, once. They have a React root of their own: they are to the page what an extension's popup
 * is, and open whichever part of the page asks.
 */
export function mountTestWallet(): void {
  if (host) return;
  host = document.body.appendChild(document.createElement('div'));
  // Escape closes this dialog, and not the one of the page beneath that listens on the document.
  host.addEventListener('keydown', (event) => event.stopPropagation());
  createRoot(host).render(
    <>
      <AccountsDialog />
      <RequestDialog />
    </>,
  );
}

/** Opens the list of accounts. */
export function openTestAccounts(chain: { rpcPath: string }): void {
  mountTestWallet();
  showAccounts({ rpcPath: chain.rpcPath });
}
