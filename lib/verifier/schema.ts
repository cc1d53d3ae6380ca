import type { Hex } from 'viem';
import type { CredentialsReading } from '@/lib/credentials/reading';
import type { PromptOpening } from '@/lib/protocol/prompt';
import type { WorkRecord } from '@/lib/protocol/work-record';
import type { ChainReader } from './chain-reader';
import type { OpenedFile } from './open-file';

/**
 * The links from file to token, in the order in which they are shown, and whose they are: of every file, of every record by itself, of every record by what
 * lies beyond its file, or of some files only.
 */
const LINK_OF = {
  file: 'file',
  record: 'file',
  content: 'record',
  card: 'some',
  params: 'record',
  prompt: 'record',
  receipt: 'record',
  signature: 'beyond',
  version: 'beyond',
  factory: 'beyond',
  creator: 'beyond',
  custody: 'beyond',
  image: 'beyond',
  token: 'beyond',
  minted: 'beyond',
  owner: 'beyond',
  parent: 'beyond',
  batch: 'some',
  evolution: 'beyond',
  credentials: 'file',
  copies: 'some',
  grade: 'beyond',
} as const;
export type LinkId = keyof typeof LINK_OF;
export const LINKS = Object.keys(LINK_OF) as LinkId[];
export const linksOf = (whose: 'record' | 'beyond'): LinkId[] => LINKS.filter((id) => LINK_OF[id] === whose);

/** One link, checked. */
export type VerifyRow = {
  id: LinkId;
  /** What was looked at, as a statement that may hold. */
  checked: string;
  /** By whom the check can be repeated, and with what. */
  repeatable: string;
  result: 'ok' | 'failed' | 'not_checked';
  /** What that says, in plain words. */
  meaning: string;
  /** What was found, with the values compared. */
  detail: string;
};

/** What a verifier brings along and takes from nobody. */
export type Trust = {
  /** Factories of ours by chain id, lower case; former ones too. */
  factories: Record<number, { work: Hex[]; drop: Hex[] }>;
};

/** What is asked about: each is compared with what follows from the file. */
export type Expected = { collection?: Hex; tokenId?: Hex; receipt?: Hex /** CID of the file, as text. */; image?: string };

export type CheckInput = {
  file: Uint8Array;
  /** The same file, where it was already taken apart (`openFile`). */
  opened?: OpenedFile;
  trust: Trust;
  /** Left out: nothing is asked, and what only a chain can say stays unchecked. */
  chain?: ChainReader;
  expected?: Expected;
  /** Reveals the prompt. */
  opening?: PromptOpening;
  /** The version's manifest, for files that do not carry it. Counts only where its sha-256 is the receipt's version. */
  manifest?: string;
  /** Files of works that this one may be made from, and the files of later steps of its token. */
  related?: readonly Uint8Array[];
  /** Reads Content Credentials; left out: they stay unchecked (9 MB of WebAssembly). */
  credentials?: (file: Uint8Array) => Promise<CredentialsReading>;
  /** `content` of a run repeated with the same model, settings and seed. */
  rerun?: Hex;
  /** Looks for tokens of the same content in the chain's logs, which many nodes refuse over a long range. */
  findCopies?: { fromBlock: bigint };
};

/** A token by collection and number, without its file. `metadata`: its JSON, wherever it was found; checked against the number. */
export type TokenInput = Pick<CheckInput, 'trust'> & { chain: ChainReader; collection: Hex; tokenId: Hex; metadata?: string };

export type Verdict = 'verified' | 'broken' | 'unknown';

/** What follows from the file alone, or is read of its token. */
export type Found = {
  record: WorkRecord | null;
  /** Of the decoded pixels or the text; null where neither could be read. */
  content: Hex | null;
  receiptDigest: Hex | null;
  /** CID of the file, as text. */
  image: string;
  tokenId: Hex | null;
  /** Who holds the token; null where it is not minted or nobody was asked. */
  owner: Hex | null;
  /** Of a text whose letters are the ones signed. */
  text: string | null;
  credentials: CredentialsReading | null;
};

export type Check = { verdict: Verdict; summary: string; rows: VerifyRow[]; found: Found };
