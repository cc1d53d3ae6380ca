import { createAuthenticationAdapter } from '@rainbow-me/rainbowkit';
import { createSiweMessage } from 'viem/siwe';
import type { Config } from 'wagmi';
import { getConnection } from 'wagmi/actions';
import { SIGN_IN_STATEMENT } from '@/lib/auth/schema';
import { rememberWallet } from '../browser-store';
import { say } from '../notices';
import { fetchSignInTerms, handInSignIn } from '../session-client';
import { fillFromFaucet } from '../test-wallet/faucet';
import { TEST_WALLET_RDNS } from '../test-wallet/identity';
import { WalletProblem } from '../wallet-problem';

type Hooks = {
  config: Config;
  onSignedIn(address: string): void;
  /** The wallet shows this account now. */
  onAccount(address: string): void;
};

const MESSAGE_MINUTES = 5;

/** RainbowKit's hooks for signing in, by our own nonce and next-auth's callback. */
export function signInAdapter({ config, onSignedIn, onAccount }: Hooks) {
  return createAuthenticationAdapter<string>({
    // RainbowKit asks once and keeps it for every try, but our nonces are for one try: createMessage fetches its own.
    getNonce: async () => 'each try has its own',
    createMessage: ({ address }) =>
      telling(async () => {
        const terms = await fetchSignInTerms();
        const issuedAt = new Date();
        return createSiweMessage({
          domain: window.location.host,
          uri: window.location.origin,
          address,
          statement: SIGN_IN_STATEMENT,
          version: '1',
          chainId: terms.chainId,
          nonce: terms.nonce,
          issuedAt,
          expirationTime: new Date(issuedAt.getTime() + MESSAGE_MINUTES * 60_000),
        });
      }),
    verify: async ({ message, signature }) => {
      try {
        await telling(() => handInSignIn(message, signature));
      } catch {
        return false;
      }
      const { address, connector } = getConnection(config);
      if (connector) rememberWallet(connector.id);
      // Ahead of need; whatever is sent makes sure again.
      if (connector?.id === TEST_WALLET_RDNS) void fillFromFaucet().catch(() => {});
      if (address) onSignedIn(address.toLowerCase());
      return true;
    },
    // Called on every change of the wallet. Only another account ends the session: locking or disconnecting a wallet leaves it, and
    // each wallet step compares accounts again before it sends.
    signOut: async () => {
      const { address } = getConnection(config);
      if (address) onAccount(address);
    },
  });
}

async function telling<T>(step: () => Promise<T>): Promise<T> {
  say(null);
  try {
    return await step();
  } catch (error) {
    say({ tone: 'bad', text: error instanceof WalletProblem ? error.message : 'Signing in did not work. Try again.' });
    throw error;
  }
}
