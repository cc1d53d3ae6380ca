import 'server-only';
import { chainId } from '@/lib/chain/client';
import { deploymentOf } from '@/lib/chain/deployments';
import { revokedLeafs } from '@/lib/credentials/house-credentials';
import { trustAnchorsPem } from '@/lib/credentials/signing-key';
import type { Database } from '@/lib/db';
import type { Trust } from '@/lib/verifier/schema';
import { publicWork } from './public-work';
import { imageOfToken, manifestOf, tokenOfReceipt, tokensWithContent } from './queries';
import type { Digests, HouseAnswer } from './schema';

/** The factories a check here counts as ours. */
export async function houseTrust(): Promise<Trust> {
  const onChain = await chainId();
  const { all } = deploymentOf(onChain);
  return { factories: { [onChain]: { work: all('work'), drop: all('drop') } } };
}

/** What the house knows of a file by its digests. */
export async function askHouse(db: Database, { content, receiptDigest, collection, version }: Digests): Promise<HouseAnswer> {
  const token = receiptDigest && collection ? await tokenOfReceipt(db, receiptDigest, collection) : null;
  const [work, tokens, manifest, image, trust, anchors, revoked] = await Promise.all([
    content ? publicWork(db, content, receiptDigest) : null,
    content ? tokensWithContent(db, content) : [],
    version && manifestOf(db, version),
    token && imageOfToken(db, token),
    // A chain that does not answer leaves links unchecked; it does not break them.
    houseTrust().catch((): Trust => ({ factories: {} })),
    trustAnchorsPem(db),
    revokedLeafs(db),
  ]);
  return {
    known: { work, tokens },
    token: token && { tokenId: token.tokenId as `0x${string}`, image },
    manifest,
    trust,
    anchors: { trustAnchorsPem: anchors, revokedSerials: revoked.map(({ serial }) => serial) },
  };
}
