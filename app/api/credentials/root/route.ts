import { houseRootPem } from '@/lib/credentials/house-credentials';
import { database } from '@/lib/db';
import { route } from '@/lib/route';

/**
 * The root that vouches for this house's sealed files: /.well-known/intaglio-content-credentials-root.pem. Open to everyone, to be given to any C2PA
 * reader. It never changes; an hour is for a house that is set up anew.
 */
export const GET = route(
  async () =>
    new Response(await houseRootPem(database()), {
      headers: {
        'content-type': 'application/x-pem-file',
        'content-disposition': 'inline; filename="intaglio-content-credentials-root.pem"',
        'cache-control': 'public, max-age=3600',
        'access-control-allow-origin': '*',
      },
    }),
);
