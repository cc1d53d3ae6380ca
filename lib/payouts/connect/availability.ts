import 'server-only';
import { AppError } from '@/lib/errors';
import type { ConnectApi } from './connect-api';

export type ConnectAvailability = { on: true } | { on: false; why: string };

/** Whether creators can be paid to their banks here. */
export function connectAvailability(): ConnectAvailability {
  return { on: false, why: 'Bank payouts are not set up on this server.' };
}

/** Stripe Connect by the settings. Throws `rail_unavailable` without them. */
export function openConnectApi(): ConnectApi {
  throw new AppError('rail_unavailable');
}
