import type { Answer } from '@/lib/likeness/schema';
import type { LookUp } from '@/lib/provenance/look-up-input';

const VERIFY = '/api/v1/verify';

async function read<T>(response: Response): Promise<T> {
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Error(answer?.error?.message ?? 'The server could not check this.');
  return answer;
}

export async function postVerify<T>(body: object): Promise<T> {
  return read(await fetch(VERIFY, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }));
}

function queryOf(asked: Exclude<LookUp, { kind: 'receipt' }>): Record<string, string> {
  switch (asked.kind) {
    case 'token':
      return { token: asked.tokenId, ...(asked.collection && { collection: asked.collection }) };
    case 'cid':
      return { cid: asked.cid };
    case 'receiptDigest':
      return { receipt: asked.digest };
    default:
      return { [asked.kind]: asked.digest };
  }
}

/** What the server says of a number, a digest or a receipt. */
export async function lookUp(asked: LookUp): Promise<Answer> {
  if (asked.kind === 'receipt') return postVerify(Object(asked.json));
  return read(await fetch(`${VERIFY}?${new URLSearchParams(queryOf(asked))}`));
}
