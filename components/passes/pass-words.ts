import type { PassRuns } from '@/lib/passes/pass-runs';
import type { PassDto, TierDto } from '@/lib/passes/tier-schema';
import { day, ether, moment, plural } from '../format';

const DAY_S = 86_400;
const HOUR_S = 3_600;

/** Seconds → '30 days', '12 hours', '90 minutes'; whole ones only, the largest that fits. */
export function span(seconds: number): string {
  if (seconds % DAY_S === 0) return plural('day', seconds / DAY_S);
  return seconds % HOUR_S === 0 ? plural('hour', seconds / HOUR_S) : plural('minute', Math.max(1, Math.round(seconds / 60)));
}

/** 'every 30 days', 'every day'. */
const every = (seconds: number) => `every ${span(seconds).replace(/^1 /, '')}`;

export const priceWords = ({ priceWei }: Pick<TierDto, 'priceWei'>): string => (priceWei === '0' ? 'Free, but for the network fee' : ether(priceWei));

export const lastsWords = ({ durationSeconds }: Pick<TierDto, 'durationSeconds'>): string =>
  durationSeconds === 0 ? 'never expires' : `for ${span(durationSeconds)}`;

/** What a tier gives, a line each. */
export function tierLines({ terms, transferable, refundWindowSeconds }: Pick<TierDto, 'terms' | 'transferable' | 'refundWindowSeconds'>): string[] {
  const { includedRuns, periodSeconds, ratePerMinute, earlyAccess, models } = terms;
  return [
    includedRuns > 0 ? `${plural('run', includedRuns)} ${every(periodSeconds)}, at no charge` : 'Opens the model; runs are paid with credits',
    models.length === 0 ? 'For all models of this creator, later ones too' : `For ${plural('model', models.length)} of this creator`,
    ratePerMinute === null ? '' : `Up to ${plural('run', ratePerMinute)} a minute`,
    earlyAccess ? 'Early access to new models' : '',
    refundWindowSeconds > 0 ? `Can be given back within ${span(refundWindowSeconds)} if no run was used` : '',
    transferable ? 'Can be given away or sold; what is left goes with it' : 'Stays with whoever gets it',
  ].filter(Boolean);
}

/** How many can still be bought. */
export function supplyWords({ left, cap, open }: Pick<TierDto, 'left' | 'cap' | 'open'>): string {
  if (left === 0) return `All ${cap.toLocaleString('en-GB')} are sold`;
  return `${left.toLocaleString('en-GB')} of ${cap.toLocaleString('en-GB')} left${open ? '' : ', not for sale right now'}`;
}

/** Where a pass stands at a moment. */
export type PassState = 'good' | 'expired' | 'cancelled' | 'returned';
export function passState({ expiresAt, isRefunded }: Pick<PassDto, 'expiresAt' | 'isRefunded'>, now: number): PassState {
  if (isRefunded) return 'returned';
  if (expiresAt === null || Date.parse(expiresAt) > now) return 'good';
  return Date.parse(expiresAt) === 0 ? 'cancelled' : 'expired';
}

export function expiryWords({ expiresAt, isRefunded }: Pick<PassDto, 'expiresAt' | 'isRefunded'>, now: number): string {
  const state = passState({ expiresAt, isRefunded }, now);
  if (state === 'returned') return 'Given back';
  if (state === 'cancelled') return 'Cancelled';
  if (expiresAt === null) return 'Never expires';
  return state === 'good' ? `Good until ${moment(expiresAt)}` : `Expired ${day(expiresAt)}`;
}

/** Bought so recently that its runs are not open yet: a fork of the chain could still undo it. */
export const isSettling = ({ total, used, held, left, frozen }: PassRuns): boolean => !frozen && left === 0 && used + held < total;

/** '7 of 10 runs left until 3 Dec 2026, 14:05 UTC'. */
export function runsWords(runs: PassRuns): string {
  const { left, total, periodEndsAt, frozen } = runs;
  if (total === 0) return 'Includes no runs';
  if (frozen)
    return frozen === 'refund'
      ? 'Takes no runs for up to a quarter of an hour: we signed that it can be given back'
      : 'Its runs rest while it is for sale';
  if (isSettling(runs)) return `Its ${plural('run', total)} open when a few more blocks have settled the purchase`;
  return `${left.toLocaleString('en-GB')} of ${plural('run', total)} left until ${moment(periodEndsAt)}`;
}

type Ending = Pick<PassDto, 'expiresAt'> & { tier: Pick<TierDto, 'terms'> };
/** When its next runs begin: with the next period, which there is only while the pass is good. */
export function nextWords({ expiresAt, tier }: Ending, { periodEndsAt, frozen }: Pick<PassRuns, 'periodEndsAt' | 'frozen'>): string {
  if (frozen) return '';
  const goesOn = expiresAt === null || Date.parse(expiresAt) > Date.parse(periodEndsAt);
  return goesOn ? `The next ${tier.terms.includedRuns.toLocaleString('en-GB')} begin then.` : 'No more unless it is renewed.';
}
