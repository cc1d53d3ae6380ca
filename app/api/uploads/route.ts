import { holdOne } from '@/lib/auth/hold-few';
import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { requireSameOrigin } from '@/lib/auth/same-origin';
import { database } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { readBody } from '@/lib/read-body';
import { userRoute } from '@/lib/route';
import { MAX_UPLOAD_BYTES } from '@/lib/uploads/limits';
import { takeUpload } from '@/lib/uploads/take-upload';

const BODIES_AT_ONCE = 2;

/** A picture to start runs from, as the body itself. What the file is called and says it is, nobody asks. */
export const POST = userRoute(async ({ request, actor, address }) => {
  requireSameOrigin(request.headers, env.PUBLIC_URL);
  // Another site's form cannot send this type.
  if (request.headers.get('content-type') !== 'application/octet-stream') throw new AppError('invalid_input');
  await takeForPerson('upload', { actor, address });
  const letGo = holdOne('uploads', actor.userId, BODIES_AT_ONCE);
  try {
    const bytes = await readBody(request.body, MAX_UPLOAD_BYTES);
    return Response.json(await takeUpload(database(), actor, bytes), { status: 201, headers: { 'cache-control': 'no-store' } });
  } finally {
    letGo();
  }
});
