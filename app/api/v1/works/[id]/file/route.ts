import { database } from '@/lib/db';
import { gatewayRoute } from '@/lib/gateway/route';
import { idIn } from '@/lib/gateway/runs/own-run';
import { fileResponse } from '@/lib/gateway/work-body';
import { readSealedFile } from '@/lib/works/read-file';

/** The sealed PNG. */
export const GET = gatewayRoute('read', async (call) => fileResponse(await readSealedFile(database(), call.caller.actor, idIn(call)), 'image/png'));
