import { BaseError, decodeErrorResult, type Hex, InsufficientFundsError, isHex, SwitchChainError, UserRejectedRequestError } from 'viem';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { tillAbi } from '@/lib/chain/abi/till';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { WalletProblem } from '../wallet-problem';

const errorAbi = [...workCollectionAbi, ...passCollectionAbi, ...tillAbi].filter((item) => item.type === 'error');

/** The contracts' errors that a collector can meet, in words. The rest name a fault of ours and are shown by name. */
const reasons: Record<string, string> = {
  AlreadyMinted: 'This work is already minted.',
  CapReached: 'This version has reached the number of works its creator allowed.',
  DeadlinePassed: 'The permission to mint has run out. Start again for a new one.',
  MintClosed: 'The creator has closed minting for this version.',
  PriceBelowFloor: 'The creator has raised the price. Start again for the new one.',
  VersionRevokedBefore: 'The key that signed this work was revoked before it was made.',
  WrongPayment: 'The price has changed. Start again for the new one.',
  NothingSent: 'The payment was empty.',
  NotListed: 'The till does not take this token.',
  BadCap: 'A supply only goes down, and not below what is sold.',
  NotRenewable: 'This pass cannot be renewed now.',
  NotTransferable: 'Passes of this tier stay with who got them.',
  OnlyHolder: 'This pass is not yours any more.',
  RefundClosed: 'The time in which this pass could be given back is over.',
  SaleClosed: 'This tier is not for sale right now.',
  SoldOut: 'All passes of this tier are sold.',
  TooManyTiers: 'There are as many tiers as there can be.',
  TransferToNonERC721ReceiverImplementer: 'That contract cannot hold a pass. Nothing was sent.',
  WrongAmount: 'The token did not arrive whole: one that takes a fee cannot be paid with.',
};

/** Anything a wallet, wagmi or viem throws → a WalletProblem that says what happened and that nothing was taken. */
export function explain(error: unknown): WalletProblem {
  if (error instanceof WalletProblem) return error;
  if (isDeclined(error)) return new WalletProblem('You declined in your wallet. Nothing was sent.', { declined: true, cause: error });
  const reverted = revertName(error);
  if (reverted) return new WalletProblem(reasons[reverted] ?? `The contract refuses it: ${reverted}.`, { cause: error });
  if (!(error instanceof BaseError)) return new WalletProblem('The wallet could not do that. Nothing was sent.', { cause: error });
  if (error.walk((e) => e instanceof InsufficientFundsError)) {
    return new WalletProblem('There is not enough ETH in your wallet for the price and the network fee.', { cause: error });
  }
  if (error.walk((e) => e instanceof SwitchChainError)) return new WalletProblem('The wallet could not switch the network.', { cause: error });
  return new WalletProblem(`${error.shortMessage} Nothing was sent.`, { cause: error });
}

/** Wallets say no with code 4001 (EIP-1193), wrapped by as many errors as there are libraries between. */
export function isDeclined(error: unknown): boolean {
  if (error instanceof BaseError) {
    return Boolean(error.walk((e) => e instanceof UserRejectedRequestError || (e as { code?: unknown } | null)?.code === 4001));
  }
  return (error as { code?: unknown } | null)?.code === 4001;
}

function revertName(error: unknown): string | null {
  const data = error instanceof BaseError ? dataOf(error.walk((e) => dataOf(e) !== null)) : dataOf(error);
  if (!data || data === '0x') return null;
  try {
    return decodeErrorResult({ abi: errorAbi, data }).errorName;
  } catch {
    return `unknown error ${data.slice(0, 10)}`;
  }
}

/** Revert data as hex, or one level down where some nodes put it. */
function dataOf(error: unknown): Hex | null {
  const data = (error as { data?: unknown } | null)?.data;
  if (isHex(data)) return data;
  const inner = (data as { data?: unknown } | null | undefined)?.data;
  return isHex(inner) ? inner : null;
}
