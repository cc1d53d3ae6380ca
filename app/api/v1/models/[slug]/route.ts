import { database } from '@/lib/db';
import { getModelBody } from '@/lib/gateway/models';
import { fresh, openGatewayRoute } from '@/lib/gateway/route';

export const GET = openGatewayRoute(async ({ params }) => fresh(await getModelBody(database(), params.slug ?? '')));
