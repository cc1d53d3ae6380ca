import { database } from '@/lib/db';
import { readerOf } from '@/lib/gateway/reader-of';
import { gatewayRoute } from '@/lib/gateway/route';
import { idIn } from '@/lib/gateway/runs/own-run';
import { fileResponse } from '@/lib/gateway/work-body';
import { readTextFile } from '@/lib/works/read-file';

/** The text of a text: exactly the bytes that its `content` is over. */
export const GET = gatewayRoute('read', async (call) => {
  const id = idIn(call);
  return fileResponse(await readTextFile(database(), await readerOf(database(), call.caller, id), id), 'text/plain; charset=utf-8');
});
