import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { addressName, checkTurnedAway, countCall, judge, type LimitState } from '../limits';
import type { Caller, Counted, Knock } from './door';
import { doors } from './doors';

/** A database that does not answer lets nobody in, and keeps nobody waiting. */
const PATIENCE_MS = 5_000;

/**
 * Who is asking, by the first door that the request comes to; nobody where it comes to none. Who was let in and what was counted is written into `call`, also
 * where it was too much. Throws what the door throws, `rate_limited`, and `unavailable` where nobody could be asked.
 */
export async function openDoor(db: Database, knock: Knock, call: { caller: Caller | null; limits: LimitState[] }): Promise<void> {
  checkTurnedAway(knock.address);
  const door = doors.find(({ isFor }) => isFor(knock.request));
  const { caller, counted } = await soon<{ caller: Caller | null; counted: Counted[] }>(
    door ? door.open(db, knock) : countCall(db, [addressName(knock.address)]).then((counts) => ({ caller: null, counted: counts })),
  );
  call.caller = caller;
  judge(call.limits, counted);
}

async function soon<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('unavailable', { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
