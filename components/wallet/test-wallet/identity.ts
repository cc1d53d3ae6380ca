/** How the test wallet is told from others: its reverse domain name (EIP-6963), and the name a person sees. */
export const TEST_WALLET_RDNS = 'app.intaglio.test-wallet';
export const TEST_WALLET_NAME = 'Local test wallet (no real money)';
