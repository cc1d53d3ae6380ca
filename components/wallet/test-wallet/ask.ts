import { enqueue, type WalletRequest } from './requests';

/** Shows the request and waits for Approve (true) or Reject, Escape or closing (false). Several wait in line. */
export async function askPerson(request: WalletRequest): Promise<boolean> {
  const { mountTestWallet } = await import('./mount');
  mountTestWallet();
  return enqueue(request);
}
