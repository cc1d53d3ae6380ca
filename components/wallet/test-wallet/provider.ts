import type { Eip1193Provider } from '../eip6963';
import { rpc } from '../rpc';
import { RpcError, unknownChain, unsupported, userRejected } from '../rpc-error';
import { askPerson } from './ask';
import { onTestKeys, setAllowed, shownAccount } from './keys';
import { connectedAccount } from './signing-account';

export type TestWalletChain = { chainId: number | null; rpcPath: string };
type Params = readonly unknown[];
type Listener = (value: never) => void;

/**
 * A wallet in the page: keys of this browser, real signatures, the launcher's chain only. Like a real one it shows no account before a
 * page asks to connect, and asks the person before it signs or sends.
 */
export function createTestProvider(chain: TestWalletChain): Eip1193Provider {
  const listeners = new Map<string, Set<Listener>>();
  const emit = (event: string, value: unknown) => {
    for (const listener of listeners.get(event) ?? []) (listener as (value: unknown) => void)(value);
  };
  let shown = shownAccount();
  onTestKeys(() => {
    const now = shownAccount();
    if (now === shown) return;
    shown = now;
    emit('accountsChanged', accounts());
  });

  const provider: Eip1193Provider = {
    request: ({ method, params }) => answer(chain, method, Array.isArray(params) ? params : []),
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return provider;
    },
    removeListener(event, listener) {
      listeners.get(event)?.delete(listener);
      return provider;
    },
  };
  return provider;
}

const accounts = () => {
  const shown = shownAccount();
  return shown ? [shown] : [];
};

async function answer(chain: TestWalletChain, method: string, params: Params): Promise<unknown> {
  if (chain.chainId === null) throw new RpcError(-32603, 'The local chain does not answer right now.');
  const chainId = `0x${chain.chainId.toString(16)}`;
  switch (method) {
    case 'eth_chainId':
      return chainId;
    case 'eth_accounts':
      return accounts();
    case 'eth_requestAccounts':
      await setAllowed(true);
      return accounts();
    case 'wallet_requestPermissions':
    case 'wallet_getPermissions':
      if (method === 'wallet_requestPermissions') await setAllowed(true);
      return accounts().length > 0 ? [{ parentCapability: 'eth_accounts' }] : [];
    case 'wallet_revokePermissions':
      await setAllowed(false);
      return null;
    case 'wallet_switchEthereumChain':
    case 'wallet_addEthereumChain':
      if (Number((params[0] as { chainId?: string } | undefined)?.chainId) !== chain.chainId) throw unknownChain();
      return null;
    case 'personal_sign':
      return signMessage(String(params[0]), String(params[1]));
    case 'eth_signTypedData_v4':
      return signTypedData(String(params[0]), String(params[1]));
    case 'eth_sendTransaction': {
      const { sendTransaction } = await import('./send-transaction');
      return sendTransaction({ chainId: chain.chainId, rpcPath: chain.rpcPath }, params[0]);
    }
    default:
      if (!/^(eth|net)_/.test(method)) throw unsupported(method);
      return rpc(chain.rpcPath, method, params);
  }
}

async function signMessage(data: string, address: string): Promise<string> {
  const account = await connectedAccount(address);
  const { hexToString, isHex } = await import('viem');
  const raw = isHex(data) ? data : undefined;
  const text = raw ? hexToString(raw) : data;
  if (!(await askPerson({ kind: 'message', account: account.address, text }))) throw userRejected();
  return account.signMessage({ message: raw ? { raw } : data });
}

async function signTypedData(address: string, json: string): Promise<string> {
  const account = await connectedAccount(address);
  const data = JSON.parse(json) as Parameters<typeof account.signTypedData>[0];
  if (!(await askPerson({ kind: 'message', account: account.address, text: JSON.stringify(data, null, 2) }))) throw userRejected();
  return account.signTypedData(data);
}
