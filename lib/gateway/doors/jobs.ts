import type { Loop } from '@/lib/jobs/types';

/** How far the clocks of our own machines may be apart: one may still take for good what is over for another. */
const MARGIN_MS = 60_000;

export const signedDoorLoops: Loop[] = [
  {
    name: 'forget nonces of signed requests that are over',
    everyMs: 60_000,
    run: async (db) => {
      await db.prisma.signedRequestNonce.deleteMany({ where: { forgetAt: { lt: new Date(Date.now() - MARGIN_MS) } } });
    },
  },
];
