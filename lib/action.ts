import 'server-only';
import { headers } from 'next/headers';
import { createSafeActionClient } from 'next-safe-action';
import { requireOperator } from './auth/operator';
import { clientOf } from './auth/rate-limit';
import { currentActor } from './auth/session';
import { AppError, describeError, type ErrorCode, toAppError } from './errors';
import { log } from './log';

export type ActionError = { code: ErrorCode; message: string; details?: Record<string, unknown> };

/** An action that anyone may call. Its errors reach the browser as code and sentence of the table, never as what was thrown. */
export const publicAction = createSafeActionClient({
  defaultValidationErrorsShape: 'flattened',
  handleServerError(thrown): ActionError {
    const error = toAppError(thrown);
    log[describeError(error.code).level]({ code: error.code, err: error.cause }, 'action failed');
    return { code: error.code, message: error.message, details: error.details };
  },
});

/** An action of a signed-in person: `ctx.actor` is who the session's row says, not what the browser says; `ctx.address` is where they call from. */
export const userAction = publicAction.use(async ({ next }) => {
  const actor = await currentActor();
  if (!actor) throw new AppError('signed_out');
  return next({ ctx: { actor, address: clientOf(await headers()) } });
});

/** An action of somebody who runs this house. */
export const operatorAction = userAction.use(async ({ next, ctx }) => {
  requireOperator(ctx.actor);
  return next({ ctx });
});
