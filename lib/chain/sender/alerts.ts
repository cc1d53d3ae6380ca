import { log } from '@/lib/log';

const AGAIN_MS = 10 * 60_000;

export const UNFUNDED = 'a key of the house has too little ETH: its transactions wait';
export const TOO_DEAR = 'gas costs more than SENDER_MAX_FEE_GWEI: transactions wait';

export type Alerts = (about: string, details: object, message: string) => void;

/** Errors for the operator: each is said when it begins and every ten minutes while it lasts, not at every turn. */
export function createAlerts(): Alerts {
  const saidAt = new Map<string, number>();
  return (about, details, message) => {
    const key = `${about} ${message}`;
    if (Date.now() - (saidAt.get(key) ?? 0) < AGAIN_MS) return;
    saidAt.set(key, Date.now());
    log.error({ about, ...details }, message);
  };
}
