import { database } from '@/lib/db';
import { readerOf } from '@/lib/gateway/reader-of';
import { fresh, gatewayRoute } from '@/lib/gateway/route';
import { idIn } from '@/lib/gateway/runs/own-run';
import { readReceipt } from '@/lib/works/read-receipt';

/** The receipt as its file has it; a mint adds the token to it. */
export const GET = gatewayRoute('read', async (call) => {
  const id = idIn(call);
  return fresh((await readReceipt(database(), await readerOf(database(), call.caller, id), id)).file);
});
