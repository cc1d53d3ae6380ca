import { database } from '@/lib/db';
import { readLinkedFile } from '@/lib/gateway/file-link';
import { openGatewayRoute } from '@/lib/gateway/route';
import { fileResponse } from '@/lib/gateway/work-body';

/** A work’s file for whoever has its address, which is over after an hour. */
export const GET = openGatewayRoute(async ({ params }) => fileResponse(await readLinkedFile(database(), params.link ?? ''), 'image/png'));
