import { z } from 'zod';
import { uuidInput } from '@/lib/uuid-input';

export const workIdInput = z.object({ id: uuidInput });
export const shareInput = z.object({ id: uuidInput, shared: z.boolean() });

export const PREVIEW_WIDTHS_PX = { small: 480, large: 1280 };
/** Pictures of a work: made at sealing; what `src` shows never changes. */
export type PreviewDto = { small: string; large: string; smallWidthPx: number; largeWidthPx: number };

/** What a work is. A text is null until it is sealed, as nobody sees a picture before. */
export type WorkBody = { kind: 'image' } | { kind: 'text'; text: string | null };

export type WorkCardDto = {
  id: string;
  title: string;
  alt: string;
  modelSlug: string;
  modelName: string;
  /** Of the picture: the work itself, or the card of a text. */
  width: number;
  height: number;
  preview: PreviewDto;
  minted: boolean;
  capturedAt: string;
};

export type WorkHistoryEntry = {
  at: string;
  kind: 'started' | 'captured' | 'sealed' | 'shared' | 'minted' | 'transferred';
  text: string;
  txHash?: string;
};

export type TokenDto = {
  chainId: number;
  collection: string;
  tokenId: string;
  owner: string;
  minter: string;
  txHash: string;
  blockNumber: string;
  confirmations: number;
  finality: 'seen' | 'safe' | 'final';
  metadataCid: string;
  imageCid: string;
};

export type WorkDto = Omit<WorkCardDto, 'preview'> & {
  preview: PreviewDto | null;
  body: WorkBody;
  /** An operator took it off our servers: no file, preview, text or prompt; receipt and token stay. */
  takedown: { reason: string; at: string } | null;
  /** Whether its licence and its state allow works made from it, and its model could make one: a text goes in as words, or not at all. */
  remixable: boolean;
  /** The work it was made from, where the asker may see that one. */
  parentWork: { id: string; title: string } | null;
  ownerAddress: string;
  isOwner: boolean;
  /** The payment behind it is disputed or owed: no download and no mint until that is settled. A token stays what it is. */
  paymentDisputed: boolean;
  shared: boolean;
  versionNumber: number;
  versionDigest: string;
  reproducibility: string;
  signerCustody: string;
  signerAddress: string;
  seed: string;
  params: { name: string; title: string; value: string }[];
  paramsText: string;
  digests: { content: string; paramsHash: string; promptHash: string; receipt: string; parent: string };
  signature: string;
  chainId: number;
  collection: string;
  priceMillicredits: string;
  /** The pass whose included run it was; the price is then what the creator of its parent got. */
  paidByPass: { label: string; href: string | null } | null;
  file: { href: string; bytes: number; name: string } | null;
  /** The text of a text as a file of its own: exactly the bytes that `content` is over. */
  textFile: { href: string; bytes: number; name: string } | null;
  history: WorkHistoryEntry[];
  mintPriceWei: string;
  label: string | null;
  token: TokenDto | null;
};

export type GalleryPage = { works: WorkCardDto[]; nextCursor: string | null };
