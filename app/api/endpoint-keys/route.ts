import { endpointPublicKeys } from '@/lib/keys/endpoint-signer';
import { route } from '@/lib/route';

/** The public keys that sign our requests to creators' endpoints (JWKS): /.well-known/intaglio-endpoint-keys.json. Open to everyone. */
export const GET = route(async () =>
  Response.json({ keys: endpointPublicKeys() }, { headers: { 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' } }),
);
