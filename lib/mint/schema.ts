import { z } from 'zod';
import { addressInput } from '@/lib/passes/schema';
import type { ProceedsDto } from '@/lib/proceeds/schema';
import { uuidInput } from '@/lib/uuid-input';

/** What a label may hold: no control characters, no quote, no backslash, so that it cannot leave its JSON string. */
export const voucherInput = z.object({
  workId: uuidInput,
  label: z
    .string()
    .trim()
    .min(1, 'Give it a title.')
    .refine((s) => new TextEncoder().encode(s).length <= 64, 'A title has at most 64 bytes.')
    .refine((s) => !/[\p{Cc}"\\]/u.test(s), 'A title cannot hold quotes, backslashes or control characters.'),
});

/** Everything the collector's wallet needs to call `mint` on the collection. Integers as decimal strings. */
export type MintCallDto = {
  chainId: number;
  collection: `0x${string}`;
  to: `0x${string}`;
  /** Encoded calldata of mint(...). */
  data: `0x${string}`;
  valueWei: string;
  deadline: number;
  tokenId: `0x${string}`;
  /** The title the token will have: the first one asked for, whatever a later call says. */
  label: string;
};

/** The collection that is to be emptied. */
export const mintWithdrawalInput = z.object({ collection: addressInput });

/** What mints earned in one of a creator's collections, and the models of theirs that pay into it. */
export type MintProceedsDto = ProceedsDto & { models: { slug: string; name: string }[] };

/** Where a work stands on its way to being a token. */
export type MintStatusDto = {
  /** `claimed`: a voucher fixed its title, but it is not minted. `draft`: its creator made it before the version was published, so it never is. */
  state: 'draft' | 'unsealed' | 'ready' | 'claimed' | 'minted' | 'duplicate';
  label: string | null;
  suggestedLabel: string;
  priceWei: string;
  chainId: number;
  collection: string;
  tokenId: string | null;
  txHash: string | null;
  confirmations: number;
  finality: 'seen' | 'safe' | 'final' | null;
};
