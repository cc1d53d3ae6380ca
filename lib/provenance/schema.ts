/** One link of the chain from file to token, checked. */
export type VerifyRow = {
  link: 'record' | 'content' | 'params' | 'prompt' | 'receipt' | 'version' | 'image' | 'token' | 'chain' | 'owner';
  result: 'pass' | 'fail' | 'not_checked';
  title: string;
  /** What a pass proves, in plain words. */
  proves: string;
  /** What was found, with the values compared. */
  detail: string;
};

export type VerifyReport = {
  verdict: 'verified' | 'broken' | 'unknown';
  summary: string;
  rows: VerifyRow[];
  work: { id: string; title: string; previewSrc: string | null } | null;
  tokens: { chainId: number; collection: string; tokenId: string; owner: string }[];
};
