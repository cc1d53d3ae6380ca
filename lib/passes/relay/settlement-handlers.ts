import 'server-only';
import type { SettlementHandler } from '@/lib/chain/sender/types';
import { purchaseHandler } from './settle-purchase';
import { renewalHandler } from './settle-renewal';

/** What becomes of the transactions that the house sends about passes. */
export const settlementHandlers: SettlementHandler[] = [purchaseHandler, renewalHandler];
