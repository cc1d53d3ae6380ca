import Stripe from 'stripe';
import type { Actor } from '@/lib/actor';
import { openAccount, openPurse } from '@/lib/credits/accounts';
import { captureHold } from '@/lib/credits/capture-hold';
import { holdCredits } from '@/lib/credits/hold-credits';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import type { CardApi } from '@/lib/stripe/card-api';
import { type EventHandler, handleEvent } from '@/lib/stripe/handle-event';
import { openCardApi } from '@/lib/stripe/open-card-api';
import { receiveEvent } from '@/lib/stripe/receive-event';
import { verifyWebhook } from '@/lib/stripe/verify-webhook';
import { startSimulator } from '@/scripts/standins/stripe/server';
import type { StripeEvent } from '@/scripts/standins/stripe/tables';
import { eventBody, signatureHeader } from '@/scripts/standins/stripe/webhooks';
import { cardEvents } from '../events';
import type { CheckoutInput } from '../schema';
import { startCheckout } from '../start-checkout';

const SECRET = 'sk_test_simulator';
const HOOK_SECRET = 'whsec_simulator';

/** The stand-in for Stripe, the real SDK pointed at it, and a database: what a test of card payments begins with. */
export async function openCardShop(databaseUrl: string | undefined) {
  const db = openDatabase(databaseUrl ?? '', 16);
  const simulator = await startSimulator({ port: 0, secretKey: SECRET });
  const { hostname, port } = new URL(simulator.url);
  const stripe = new Stripe(SECRET, { host: hostname, port, protocol: 'http', maxNetworkRetries: 2, telemetry: false });
  const api = openCardApi(stripe);
  const handlers = [cardEvents(() => api)];
  return {
    db,
    simulator,
    stripe,
    api,
    handlers,
    close: async () => {
      await simulator.close();
      await db.close();
    },
  };
}
export type CardShop = Awaited<ReturnType<typeof openCardShop>>;

export async function signUp({ db }: CardShop): Promise<Actor> {
  const [userId, sessionId] = [newId(), newId()];
  const address = `0x${userId.replaceAll('-', '').padStart(40, '0')}` as const;
  await db.prisma.user.create({ data: { id: userId, address } });
  return { userId, address, sessionId };
}

export type Purchase = { actor: Actor; id: string; sessionId: string };

/** A checkout that was begun, and paid on its page unless told otherwise. No event is delivered. */
export async function buy(shop: CardShop, actor: Actor, input: Partial<CheckoutInput> & { pay?: boolean; api?: CardApi } = {}): Promise<Purchase> {
  const { packId = 'c500', currency = 'usd', pay = true, api = shop.api } = input;
  const { purchaseId: id, url } = await startCheckout(shop.db, actor, api, { packId, currency });
  const sessionId = url.split('/').at(-1) ?? '';
  if (pay) shop.simulator.act('pay', { id: sessionId });
  return { actor, id, sessionId };
}

/** The events of a purchase so far, in the order they happened. */
export function eventsOf({ simulator }: CardShop, { id }: Purchase): StripeEvent[] {
  const events = simulator.events();
  const intents = new Set(events.flatMap(({ data }) => (hasPurchase(data.object, id) ? intentOf(data.object) : [])));
  return events.filter(({ data }) => hasPurchase(data.object, id) || intentOf(data.object).some((intent) => intents.has(intent)));
}

type Carrier = { id?: string; object?: string; metadata?: Record<string, string>; payment_intent?: string | null };
const hasPurchase = (object: unknown, id: string) => (object as Carrier).metadata?.purchase === id;
const intentOf = (object: unknown): string[] => {
  const { object: kind, id, payment_intent } = object as Carrier;
  return [kind === 'payment_intent' ? id : payment_intent].flatMap((one) => one ?? []);
};

/** An event over the whole way: signed body, verified, kept in the inbox, then handled as its job would. */
export async function deliver({ db, handlers }: Pick<CardShop, 'db' | 'handlers'>, event: StripeEvent, by: EventHandler[] = handlers): Promise<void> {
  const body = eventBody(event);
  await receiveEvent(db, verifyWebhook(body, signatureHeader(body, HOOK_SECRET), [HOOK_SECRET]));
  await handleEvent(db, by, event.id);
}

export async function deliverAll(shop: CardShop, purchase: Purchase): Promise<void> {
  for (const event of eventsOf(shop, purchase)) await deliver(shop, event);
}

export const today = (): string => new Date().toISOString().slice(0, 10);

/** A run as the generations domain pays it: 90 % to a creator, pending where a card paid it, 10 % to the house. */
export async function spend({ db }: CardShop, actor: Actor, millicredits: bigint, creatorId: string): Promise<string> {
  const id = newId();
  const pending = await openAccount(db.pool, 'creator_pending', creatorId, { sub: today() });
  const available = await openAccount(db.pool, 'creator_available', creatorId);
  const fee = await openAccount(db.pool, 'platform_fee', 'house');
  const share = (millicredits * 9n) / 10n;
  await holdCredits(db.pool, { id, userId: actor.userId, amountMillicredits: millicredits, ttlSeconds: 60 });
  const splits = [
    { pending, available, amountMillicredits: share, code: 'run_creator' as const },
    { pending: fee, available: fee, amountMillicredits: millicredits - share, code: 'run_fee' as const },
  ];
  await captureHold(db.pool, { id, splits }, 'run');
  return id;
}

/** Every balance that is not zero of some people, and of the reserve of a purchase, with the days and lots of their accounts left out. */
export async function booksOf({ db }: CardShop, owners: string[], purchaseId?: string): Promise<Record<string, string>> {
  const { rows } = await db.pool.query<{ kind: string; owner: string; sum: string }>(
    `SELECT a.kind, a.owner, sum(b.posted) AS sum FROM ledger.account a, ledger.balance(a.id) b
      WHERE a.owner = ANY ($1) OR (a.kind = 'dispute_reserve' AND a.sub = $2) GROUP BY 1, 2 HAVING sum(b.posted) <> 0 ORDER BY 1, 2`,
    [owners, purchaseId ?? ''],
  );
  return Object.fromEntries(rows.map(({ kind, owner, sum }) => [owners.indexOf(owner) > 0 ? `${kind} ${owners.indexOf(owner)}` : kind, sum]));
}

/** One balance of the house. */
export async function houseBalance({ db }: CardShop, kind: 'card_clearing' | 'promotion' | 'write_off'): Promise<bigint> {
  const account = await openAccount(db.pool, kind, 'house');
  const { rows } = await db.pool.query<{ posted: string }>('SELECT posted FROM ledger.balance($1)', [account]);
  return BigInt(rows[0]?.posted ?? 0);
}

export async function isFrozen({ db }: CardShop, { userId }: Actor): Promise<boolean> {
  const purse = await openPurse(db.pool, userId);
  return (await db.pool.query('SELECT FROM ledger.spending_stop WHERE purse_id = $1', [purse])).rowCount !== 0;
}
