import { notAuthorised } from '../rpc-error';
import { ensureTestKeys } from './keys';

/** The signing account of an address, if that is the one pages are shown. */
export async function connectedAccount(address: unknown) {
  const keys = await ensureTestKeys();
  const active = keys.accounts[keys.active];
  if (!keys.allowed || !active || String(address).toLowerCase() !== active.address.toLowerCase()) throw notAuthorised();
  const { privateKeyToAccount } = await import('viem/accounts');
  return privateKeyToAccount(active.key);
}
