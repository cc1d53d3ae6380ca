import { moveBalance } from './balance';
import type { FaultKind, PlannedFault } from './faults';
import { setOnboarded } from './resources/accounts';
import { type DisputeStep, type DisputeTerms, openDispute, stepDispute } from './resources/disputes';
import { declineSession, paySession } from './resources/pay';
import { failRefund, refundCharge } from './resources/refunds';
import type { Charge, StripeEvent } from './tables';
import type { Delivery } from './webhooks';
import type { Values } from './wire/form';
import { inner, integer, text } from './wire/read';
import { get, type World } from './world';

/** What people and banks do, for tests and for whoever plays with the demo: POST /_simulator/<name> with JSON. */
export function control(world: World, delivery: Delivery, faults: PlannedFault[], name: string, input: Values): unknown {
  const id = text(input, 'id') ?? '';
  switch (name) {
    case 'pay':
      return paySession(world, get(world.tables.sessions, 'checkout.session', id));
    case 'decline':
      return declineSession(world, get(world.tables.sessions, 'checkout.session', id));
    case 'refund':
      return refundCharge(world, chargeOf(world, id), { amount: integer(input, 'amount') });
    case 'fail-refund':
      return failRefund(world, get(world.tables.refunds, 'refund', id), 'failed');
    case 'dispute':
      return openDispute(world, chargeOf(world, id), inner(input, 'terms') as DisputeTerms);
    case 'step-dispute':
      return stepDispute(world, get(world.tables.disputes, 'dispute', id), text(input, 'step') as DisputeStep);
    case 'top-up':
      return moveBalance(world, { type: 'topup', category: 'topup', source: 'tu_simulator', amount: integer(input, 'amount') ?? 0, currency: 'usd' });
    case 'onboard':
      return setOnboarded(world, get(world.tables.accounts, 'account', id), input.done !== false);
    case 'fault':
      return faults.push({
        method: text(input, 'method') ?? 'POST',
        path: text(input, 'path') ?? '/',
        kind: (text(input, 'kind') ?? 'error') as FaultKind,
        times: integer(input, 'times') ?? 1,
      });
    case 'clear-faults':
      return faults.splice(0).length;
    case 'hold':
      return delivery.hold(input.on !== false);
    case 'flush':
      return delivery.flush();
    case 'replay':
      return delivery.send(Array<StripeEvent>(integer(input, 'times') ?? 1).fill(get(world.tables.events, 'event', id)));
    case 'shuffle':
      return delivery.send(shuffled(Object.values(world.tables.events), integer(input, 'seed') ?? 1));
    default:
      throw new Error(`no such control: ${name}`);
  }
}

/** By the id of a charge, a payment intent, or the reference a checkout session was given. */
function chargeOf(world: World, id: string): Charge {
  const session = Object.values(world.tables.sessions).find((one) => one.client_reference_id === id);
  const intent = world.tables.payment_intents[session?.payment_intent ?? id];
  return get(world.tables.charges, 'charge', intent?.latest_charge ?? id);
}

/** Fisher-Yates under a seed, so that a failing order can be had again. */
export function shuffled<T>(items: T[], seed: number): T[] {
  const copy = [...items];
  let state = seed >>> 0 || 1;
  for (let i = copy.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = Math.floor((state / 2 ** 32) * (i + 1));
    const [a, b] = [copy[i], copy[j]];
    if (a !== undefined && b !== undefined) [copy[i], copy[j]] = [b, a];
  }
  return copy;
}
