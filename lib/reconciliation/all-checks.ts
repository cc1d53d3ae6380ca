import { checkHolds } from './books/check-holds';
import { checkLedger } from './books/check-ledger';
import { checkStreams } from './books/check-streams';
import { checkCredited } from './chain/check-credited';
import { checkDeposits } from './chain/check-deposits';
import { checkTill } from './chain/check-till';
import type { Check } from './finding';
import { checkFiles } from './works/check-files';
import { checkRefunds } from './works/check-refunds';
import { checkRuns } from './works/check-runs';
import { checkTokens } from './works/check-tokens';

/** In the order in which a run makes them: the cheap and certain ones first. */
export const allChecks: Check[] = [
  checkLedger,
  checkHolds,
  checkStreams,
  checkRuns,
  checkRefunds,
  checkTokens,
  checkFiles,
  checkCredited,
  checkDeposits,
  checkTill,
];
