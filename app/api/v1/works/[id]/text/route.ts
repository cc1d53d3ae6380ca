import { database } from '@/lib/db';
import { gatewayRoute } from '@/lib/gateway/route';
import { idIn } from '@/lib/gateway/runs/own-run';
import { fileResponse } from '@/lib/gateway/work-body';
import { readTextFile } from '@/lib/works/read-file';

/** The text of a text: exactly the bytes that its `content` is over. */
export const GET = gatewayRoute('read', async (call) =>
  fileResponse(await readTextFile(database(), call.caller.actor, idIn(call)), 'text/plain; charset=utf-8'),
);
