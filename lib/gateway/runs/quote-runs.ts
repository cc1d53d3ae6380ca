import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { quote } from '@/lib/generations/quote';
import { type QuoteDto, quoteInput } from '@/lib/generations/schema';
import type { Caller } from '../doors/door';
import { mayRead } from '../reader-of';
import type { GatewayCall } from '../route';
import type { RunInput } from '../schema';
import { findModel, type NamedModel } from './find-model';

export const boundToAnother = () => new AppError('invalid_input', { message: 'This API key is bound to another pass.' });

/** The price of what is asked for, with the pass that the caller’s key names, where it names one. */
export async function quoteRuns(
  db: Database,
  { caller, note }: Pick<GatewayCall<Caller>, 'caller' | 'note'>,
  { model: name, passId, ...input }: RunInput,
): Promise<{ quote: QuoteDto; model: NamedModel }> {
  const model = await findModel(db, caller, name);
  note.modelSlug = model.slug;
  if (caller.passId && passId && passId !== caller.passId) {
    throw boundToAnother();
  }
  if (input.parentWorkId && !(await mayRead(db, caller, input.parentWorkId))) throw new AppError('not_found');
  const asked = quoteInput.parse({ ...input, version: model.digest, passId: caller.passId ?? passId ?? undefined });
  return { quote: await quote(db, caller.actor, asked), model };
}
