import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { ownFacilitator } from './own-facilitator';
import { remoteFacilitator } from './remote-facilitator';
import type { PaymentPayload, Requirements } from './schema';

export type Asked = { id: string; chainId: number; payload: PaymentPayload; requirements: Requirements };

/**
 * Who checks payments and brings them to the chain. What it says of a settlement is a hint: whether money has come is read from the chain, and nothing
 * is decided before that.
 */
export type Facilitator = {
  /** Null: signed by the payer, covered, not used. Else why not. Throws `chain_unavailable` where nobody could say. */
  verify(asked: Asked): Promise<string | null>;
  /** May be asked again and again for the same payment. Null: it is on its way. Else why it will not be. Throws where the answer was lost. */
  settle(asked: Asked): Promise<string | null>;
};

/** The one of the settings, else our own. */
export const facilitatorOf = (db: Database): Facilitator =>
  env.X402_FACILITATOR_URL ? remoteFacilitator(env.X402_FACILITATOR_URL) : ownFacilitator(db);
