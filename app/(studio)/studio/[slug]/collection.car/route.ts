import { carStream } from '@/lib/addresses/car';
import { exportCollection } from '@/lib/addresses/export-collection';
import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { database } from '@/lib/db';
import { userRoute } from '@/lib/route';

/** The creator's whole collection as a CAR, for any pinning service. */
export const GET = userRoute(async ({ params, actor, address }) => {
  await takeForPerson('export', { actor, address });
  const { root, blocks, name } = await exportCollection(database(), actor, { slug: params.slug ?? '' });
  return new Response(carStream(root, blocks), {
    headers: {
      'content-type': 'application/vnd.ipld.car; version=1; order=dfs; dups=n',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store, no-transform',
      'x-content-type-options': 'nosniff',
      'x-ipfs-roots': root.toString(),
    },
  });
});
