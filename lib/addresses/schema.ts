export type PinKindName = 'metadata' | 'image' | 'preview' | 'manifest';

export type PinDto = {
  cid: string;
  kind: PinKindName;
  state: 'waiting' | 'unpinning' | 'mismatched';
  attempts: number;
  error: string | null;
  nextAt: string | null;
};

/** What the house's IPFS node keeps and what it does not yet. `on` is false where no node is set. */
export type PinsDto = {
  on: boolean;
  pinned: number;
  waiting: number;
  mismatched: number /** Let go of after a takedown. */;
  unpinned: number;
  open: PinDto[];
};
