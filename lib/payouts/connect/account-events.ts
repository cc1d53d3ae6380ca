import type { EventHandler } from '@/lib/stripe/handle-event';
import { openConnectApi } from '@/lib/stripe/open-connect-api';
import { refreshAccount } from './refresh-account';

/** Stripe says that an account changed; what it is now is asked, so that the order of events does not matter. */
export const accountEvents: EventHandler = {
  types: ['account.updated'],
  handle: (db, { accountId, objectId }) => refreshAccount(db, openConnectApi(), accountId ?? objectId),
};
