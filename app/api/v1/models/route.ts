import { database } from '@/lib/db';
import { listModelBodies } from '@/lib/gateway/models';
import { fresh, openGatewayRoute } from '@/lib/gateway/route';

/** Models that take runs. */
export const GET = openGatewayRoute(async () => fresh(await listModelBodies(database())));
