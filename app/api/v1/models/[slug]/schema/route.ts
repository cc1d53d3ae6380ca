import { database } from '@/lib/db';
import { getModelSchema } from '@/lib/gateway/models';
import { fresh, openGatewayRoute } from '@/lib/gateway/route';

/** What a model’s `params` may hold, as JSON Schema. */
export const GET = openGatewayRoute(async ({ params }) =>
  fresh(await getModelSchema(database(), params.slug ?? ''), { headers: { 'content-type': 'application/schema+json' } }),
);
