import { createPublicClient, createWalletClient, defineChain, type Hex, http, parseEther } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { createSiweMessage } from 'viem/siwe';
import { SIGN_IN_STATEMENT } from '@/lib/auth/schema';
import { env } from '@/lib/env';

/** A new collector: a wallet with test money that signs and sends as a browser's would. */
export async function demoWallet() {
  const transport = http(env.RPC_URL);
  const probe = createPublicClient({ transport });
  const id = await probe.getChainId();
  const chain = defineChain({
    id,
    name: 'demo',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [env.RPC_URL] } },
  });
  const publicClient = createPublicClient({ chain, transport, pollingInterval: 100 });
  const account = privateKeyToAccount(generatePrivateKey());
  const wallet = createWalletClient({ account, chain, transport });
  const send = async (to: Hex, value: bigint, data?: Hex): Promise<Hex> => {
    const hash = await wallet.sendTransaction({ to, value, data });
    const { status } = await publicClient.waitForTransactionReceipt({ hash });
    if (status !== 'success') throw new Error(`transaction ${hash} reverted`);
    return hash;
  };
  const fund = async () => {
    if (!env.EMBEDDED_FAUCET_KEY) throw new Error('The demo pays with test money: it needs the local chain.');
    const faucet = createWalletClient({ account: privateKeyToAccount(env.EMBEDDED_FAUCET_KEY as Hex), chain, transport });
    await publicClient.waitForTransactionReceipt({ hash: await faucet.sendTransaction({ to: account.address, value: parseEther('1') }) });
  };
  return { account, chainId: id, send, fund };
}

/** Signs in over HTTP as a browser does, and returns the cookies of the session. */
export async function signInOverHttp(web: string, { account }: Pick<Awaited<ReturnType<typeof demoWallet>>, 'account'>): Promise<string> {
  const jar = new Map<string, string>();
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const call = async (path: string, init: RequestInit = {}) => {
    const headers = { origin: env.PUBLIC_URL, 'sec-fetch-site': 'same-origin', cookie: cookies(), ...init.headers };
    const response = await fetch(`${web}${path}`, { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return response;
  };
  const terms = await (await call('/api/siwe/nonce', { method: 'POST' })).json();
  const message = createSiweMessage({
    domain: new URL(terms.origin).host,
    uri: terms.origin,
    address: account.address,
    statement: SIGN_IN_STATEMENT,
    version: '1',
    chainId: terms.chainId,
    nonce: terms.nonce,
    issuedAt: new Date(),
  });
  const { csrfToken } = await (await call('/api/auth/csrf')).json();
  const body = new URLSearchParams({ message, signature: await account.signMessage({ message }), csrfToken, json: 'true' });
  await call('/api/auth/callback/siwe', { method: 'POST', body });
  const session = await (await call('/api/auth/session')).json();
  if (!session?.user) throw new Error('the sign-in was refused');
  return cookies();
}
