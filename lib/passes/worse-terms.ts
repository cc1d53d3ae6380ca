import type { Terms } from './tier-schema';

/** What of the new terms is less than somebody bought, in the words of the form's fields. Empty: nothing is worse. */
export function worseTerms(sold: Terms, next: Terms): (keyof Terms)[] {
  const worse: (keyof Terms)[] = [];
  if (next.includedRuns < sold.includedRuns) worse.push('includedRuns');
  // Periods are counted from each purchase: another length would count those that were again.
  if (sold.includedRuns > 0 && next.periodSeconds !== sold.periodSeconds) worse.push('periodSeconds');
  if (next.ratePerMinute !== null && (sold.ratePerMinute === null || next.ratePerMinute < sold.ratePerMinute)) worse.push('ratePerMinute');
  if (sold.earlyAccess && !next.earlyAccess) worse.push('earlyAccess');
  const opensAll = next.models.length === 0;
  if (!opensAll && (sold.models.length === 0 || sold.models.some((model) => !next.models.includes(model)))) worse.push('models');
  return worse;
}
