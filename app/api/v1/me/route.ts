import { fresh, gatewayRoute } from '@/lib/gateway/route';

/** Who the gateway takes the caller for, and what they may do with what they came with. */
export const GET = gatewayRoute('read', async ({ caller: { actor, door, scopes, passId } }) =>
  fresh({ address: actor.address, door, scopes, passId }),
);
