import { chainId, publicClient } from '@/lib/chain/client';
import { env } from '@/lib/env';
import { SCOPES } from '../schema';
import type { Door } from './door';
import { openSignedRequest } from './signed';

/** Headers of a message signature (RFC 9421): a wallet that signs each request, and needs no key of ours. It may all that its owner may. */
export const signedDoor: Door = {
  isFor: ({ headers }) => headers.has('signature-input') || headers.has('signature'),
  async open(db, knock) {
    const opened = await openSignedRequest(db, knock, { client: publicClient(), origin: env.PUBLIC_URL, chainId: await chainId() });
    return { caller: { door: 'signature', actor: opened.caller, scopes: SCOPES, modelIds: [], passId: null }, counted: opened.counted };
  },
};
