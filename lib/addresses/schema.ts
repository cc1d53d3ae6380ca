export type PinKindName = 'metadata' | 'image' | 'preview' | 'manifest';

export type PinDto = {
  cid: string;
  kind: PinKindName;
  state: 'waiting' | 'mismatched';
  attempts: number;
  error: string | null;
  nextAt: string | null;
};

/** What the house's IPFS node keeps and what it does not yet. `on` is false where no node is set. */
export type PinsDto = { on: boolean; pinned: number; waiting: number; mismatched: number; open: PinDto[] };
