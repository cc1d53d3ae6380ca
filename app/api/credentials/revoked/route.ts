import { revokedLeafs } from '@/lib/credentials/house-credentials';
import { database } from '@/lib/db';
import { route } from '@/lib/route';

/** Which of our certificates are not to be believed: /.well-known/intaglio-content-credentials-revoked.json. Open to everyone. */
export const GET = route(async () =>
  Response.json(
    { revoked: await revokedLeafs(database()) },
    { headers: { 'cache-control': 'public, max-age=60', 'access-control-allow-origin': '*' } },
  ),
);
