import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { quote } from '@/lib/generations/quote';
import { quoteInput } from '@/lib/generations/schema';
import type { CallNote } from '../route';
import { findModel } from '../runs/find-model';
import type { RunInput } from '../schema';

/** Who has not said who they are: of what asks for somebody they see what everybody does. */
const NOBODY: Actor = { userId: '00000000-0000-0000-0000-000000000000', address: '0x0000000000000000000000000000000000000000' };

/** A credit, US$0.01: our own facilitator pays the gas of each settlement, which has to be a part of what comes. */
const LEAST_MILLICREDITS = 1_000n;

/**
 * What one call costs whoever pays for it alone, with a quote for `actor`. One run, since a payment is settled whole or not at all. Throws
 * `no_credentials` where there is nothing to pay, `payment_too_small`, and `pass_required` for a model with a rule: who holds what is not known before a payment.
 */
export async function priceCall(
  db: Database,
  note: CallNote,
  { model: name, count, ...input }: RunInput,
  actor: Actor = NOBODY,
): Promise<{ token: string; quoteId: string; millicredits: bigint; modelId: string }> {
  if (count !== 1) throw new AppError('invalid_input', { message: 'A payment pays for one run: ask for one at a time.' });
  const { digest: version, modelId, slug } = await findModel(db, { modelIds: [] }, name);
  note.modelSlug = slug;
  const { token, quoteId, totalMillicredits } = await quote(db, actor, quoteInput.parse({ ...input, count, version }), { isPaidPerCall: true });
  const millicredits = BigInt(totalMillicredits);
  if (millicredits === 0n) throw new AppError('no_credentials');
  if (millicredits < LEAST_MILLICREDITS) throw new AppError('payment_too_small');
  return { token, quoteId, millicredits, modelId };
}
