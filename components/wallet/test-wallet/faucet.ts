import { WalletProblem } from '../wallet-problem';

/** Fills the signed-in account of the local chain; it gives nothing to one that has enough. Throws WalletProblem. */
export async function fillFromFaucet(): Promise<void> {
  const response = await fetch('/api/faucet', { method: 'POST' });
  if (response.ok) return;
  const body = (await response.json().catch(() => null)) as { error?: { message: string } } | null;
  throw new WalletProblem(body?.error?.message ?? 'The faucet does not answer. Try again.');
}
