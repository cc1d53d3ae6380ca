import { checkHolds } from './books/check-holds';
import { checkLedger } from './books/check-ledger';
import { checkStreams } from './books/check-streams';
import { checkCredited } from './chain/check-credited';
import { checkDeposits } from './chain/check-deposits';
import { checkFloat } from './chain/check-float';
import { checkKeys } from './chain/check-keys';
import { checkReturned } from './chain/check-returned';
import { checkTill } from './chain/check-till';
import type { Check } from './finding';
import { checkPayouts } from './payouts/check-payouts';
import { checkCards } from './stripe/check-cards';
import { checkPurchases } from './stripe/check-purchases';
import { checkTransfers } from './stripe/check-transfers';
import { checkFiles } from './works/check-files';
import { checkPassRuns } from './works/check-pass-runs';
import { checkRefunds } from './works/check-refunds';
import { checkRelays } from './works/check-relays';
import { checkRuns } from './works/check-runs';
import { checkTokens } from './works/check-tokens';

/** In the order in which a run makes them: the cheap and certain ones first. */
export const allChecks: Check[] = [
  checkLedger,
  checkHolds,
  checkStreams,
  checkRuns,
  checkPassRuns,
  checkRelays,
  checkRefunds,
  checkTokens,
  checkFiles,
  checkCredited,
  checkDeposits,
  checkTill,
  checkReturned,
  checkFloat,
  checkKeys,
  checkPayouts,
  checkPurchases,
  checkCards,
  checkTransfers,
];
