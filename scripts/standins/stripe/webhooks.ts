import { createHmac } from 'node:crypto';
import type { StripeEvent } from './tables';
import { seconds, type World } from './world';

export type Endpoint = { url: string; secret: string };
export type Delivery = {
  /** Holds events back until they are released; lets them go as they come when false. */
  hold(on: boolean): void;
  /** Sends these events now, in this order, whatever was sent before. Resolves with the statuses. */
  send(events: StripeEvent[]): Promise<number[]>;
  /** Sends everything that no endpoint took yet. */
  flush(): Promise<void>;
  close(): void;
};

/** The header that the SDK verifies: HMAC-SHA256 over "time.body". */
export function signatureHeader(body: string, secret: string, at = seconds()): string {
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
}

/** As it goes over the wire: pretty-printed, like the real one, so that whoever parses and prints again before verifying fails. */
export const eventBody = (event: StripeEvent): string => JSON.stringify(event, null, 2);

/** Delivers events to the endpoint, with the retries of `retryDelaysMs` until it answers 2xx. */
export function createDelivery(world: World, endpoint: Endpoint | undefined, retryDelaysMs: number[]): Delivery {
  let held = false;
  const timers = new Set<NodeJS.Timeout>();
  const send = async (event: StripeEvent): Promise<number> => {
    if (!endpoint) return 0;
    const body = eventBody(event);
    const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signatureHeader(body, endpoint.secret) };
    try {
      const answer = await fetch(endpoint.url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(20_000) });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 0;
    }
  };
  const attempt = async (event: StripeEvent): Promise<void> => {
    if (held || !endpoint || !(event.id in world.tables.undelivered)) return;
    const status = await send(event);
    if (status >= 200 && status < 300) {
      delete world.tables.undelivered[event.id];
      event.pending_webhooks = 0;
    } else {
      const tries = (world.tables.undelivered[event.id] ?? 0) + 1;
      world.tables.undelivered[event.id] = tries;
      const delay = retryDelaysMs[tries - 1];
      if (delay !== undefined) later(() => void attempt(event), delay);
    }
    world.save();
  };
  const later = (work: () => void, delayMs: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, delayMs);
    timers.add(timer);
  };
  const waiting = () => Object.keys(world.tables.undelivered).flatMap((id) => world.tables.events[id] ?? []);
  world.onEvent = (event) => later(() => void attempt(event), 0);
  return {
    hold: (on) => {
      held = on;
    },
    send: async (events) => {
      const statuses: number[] = [];
      for (const event of events) statuses.push(await send(event));
      return statuses;
    },
    flush: async () => {
      for (const event of waiting()) await attempt(event);
    },
    close: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
