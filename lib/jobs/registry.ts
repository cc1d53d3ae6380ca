import { addressLoops, addressTasks } from '@/lib/addresses/jobs';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { createSender } from '@/lib/chain/sender/create-sender';
import { credentialLoops } from '@/lib/credentials/jobs';
import { creditLoops } from '@/lib/credits/loops';
import type { Database } from '@/lib/db';
import { signedDoorLoops } from '@/lib/gateway/doors/jobs';
import { gatewayLoops } from '@/lib/gateway/jobs';
import { settlementHandlers as callPaymentHandlers } from '@/lib/gateway/x402/own-facilitator';
import type { Adapters } from '@/lib/generations/call-endpoint';
import { generationLoops, generationTasks } from '@/lib/generations/jobs';
import { likenessLoops } from '@/lib/likeness/jobs';
import { chainHandlers as mintHandlers } from '@/lib/mint/chain-handlers';
import { mintLoops } from '@/lib/mint/jobs';
import { settlementHandlers as relayHandlers } from '@/lib/mint/relay/settle-relay';
import { modelLoops } from '@/lib/models/jobs';
import { chainHandlers as passHandlers } from '@/lib/passes/chain-handlers';
import { settlementHandlers as passRelayHandlers } from '@/lib/passes/relay/settlement-handlers';
import { cardEvents } from '@/lib/payments/card/events';
import { cardLoops, cardTasks } from '@/lib/payments/card/jobs';
import { chainHandlers as depositHandlers } from '@/lib/payments/chain-handlers';
import { settlementHandlers as refundHandlers } from '@/lib/payments/settle-refund';
import { accountEvents } from '@/lib/payouts/connect/account-events';
import { payoutLoops, payoutTasks } from '@/lib/payouts/jobs';
import { payoutSettlement } from '@/lib/payouts/settle-chain-payout';
import { protectionLoops } from '@/lib/protection/jobs';
import { reconciliationLoops, reconciliationTasks } from '@/lib/reconciliation/jobs';
import { eventTask } from '@/lib/stripe/handle-event';
import { stripeLoops } from '@/lib/stripe/loops';
import { openCardApi } from '@/lib/stripe/open-card-api';
import { STRIPE_EVENT_TASK } from '@/lib/stripe/receive-event';
import { studioLoops } from '@/lib/studio/jobs';
import { uploadLoops } from '@/lib/uploads/jobs';
import { webhookLoops, webhookTasks } from '@/lib/webhooks/jobs';
import { workLoops, workTasks } from '@/lib/works/jobs';
import type { Loop, Task } from './types';

/** Every task a worker takes. */
export function allTasks(db: Database, adapters: Adapters): Record<string, Task> {
  return {
    ...generationTasks(db, adapters),
    ...workTasks,
    ...cardTasks,
    ...payoutTasks,
    ...reconciliationTasks,
    ...addressTasks,
    [STRIPE_EVENT_TASK]: eventTask([cardEvents(() => openCardApi()), accountEvents]),
  };
}

/** Calls to strangers' machines, which may take their time: they have places of their own, and keep no run waiting. */
export const outgoingTasks: Record<string, Task> = webhookTasks;

/** Everything a worker repeats. */
export function allLoops(): Loop[] {
  const indexer = createIndexer({ handlers: [...depositHandlers, ...mintHandlers, ...passHandlers] });
  const sender = createSender({ handlers: [...relayHandlers, ...passRelayHandlers, ...refundHandlers, ...callPaymentHandlers, payoutSettlement] });
  return [
    ...generationLoops,
    ...uploadLoops,
    ...modelLoops,
    ...credentialLoops,
    ...studioLoops,
    ...creditLoops,
    ...workLoops,
    ...protectionLoops,
    ...likenessLoops,
    ...mintLoops,
    ...addressLoops,
    ...gatewayLoops,
    ...signedDoorLoops,
    ...webhookLoops,
    ...stripeLoops,
    ...cardLoops,
    ...payoutLoops,
    ...reconciliationLoops,
    indexer,
    sender,
  ];
}
