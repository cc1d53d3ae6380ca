import type { Pool } from 'pg';
import { raiseAlert } from '@/lib/alerts/raise-alert';

/** What the sender tells operators, each once a day for a key (or a transaction) while it lasts. */
const texts = {
  key_unfunded: 'A key of the house has too little ETH for what waits. Top its address up; nothing is lost meanwhile.',
  key_low: 'A key of the house is low on ETH. Top its address up before its transactions have to wait.',
  gas_too_dear: 'Gas costs more than SENDER_MAX_FEE_GWEI. Transactions wait until it is cheaper, or until the setting is raised.',
  settled_gone: 'Transactions that were settled are gone from the chain, by a deep fork or a reset. They are sent again; compare payouts and mints.',
  outcome_unknown:
    'The nonce of a transaction is used, and the chain shows neither its receipt nor another transaction that used it. Nothing is sent or given back until it does: ask another node.',
  transaction_stuck: 'A transaction cannot be followed. It is tried again every second; see the details for why.',
};
export type AlertKind = keyof typeof texts;
export type Alerts = (kind: AlertKind, about: string, details?: Record<string, string | number>) => Promise<void>;

/** `raised`: what this process has told already, kept by the caller. */
export function createAlerts(pool: Pool, raised: Set<string>): Alerts {
  return async (kind, about, details = {}) => {
    const key = `${kind} ${about} ${new Date().toISOString().slice(0, 10)}`;
    if (raised.has(key)) return;
    await raiseAlert(pool, { key, kind, text: texts[kind], details: { about, ...details } });
    raised.add(key);
  };
}
