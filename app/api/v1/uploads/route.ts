import { database } from '@/lib/db';
import { fileRoute } from '@/lib/gateway/file-route';
import { fresh } from '@/lib/gateway/route';
import { takeUpload } from '@/lib/uploads/take-upload';

/** A picture to start runs from, as the body itself. What it says it is, nobody asks. */
export const POST = fileRoute('run', async ({ caller, body }) => fresh(await takeUpload(database(), caller.actor, body), { status: 201 }));
