import { database } from '@/lib/db';
import { readerOf } from '@/lib/gateway/reader-of';
import { gatewayRoute } from '@/lib/gateway/route';
import { idIn } from '@/lib/gateway/runs/own-run';
import { fileResponse } from '@/lib/gateway/work-body';
import { readSealedFile } from '@/lib/works/read-file';

/** The sealed PNG. */
export const GET = gatewayRoute('read', async (call) => {
  const id = idIn(call);
  return fileResponse(await readSealedFile(database(), await readerOf(database(), call.caller, id), id), 'image/png');
});
