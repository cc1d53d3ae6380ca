import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { stripeAvailability } from '@/lib/stripe/settings';
import { usdcToken } from './rails/usdc-token';
import type { Rail, RailOptionDto } from './schema';

/** Each way of being paid: ready, or what is missing. On the chain money goes to the wallet that signed in, so nobody can type an address wrong. */
export async function listRails(db: Database, actor: Actor): Promise<RailOptionDto[]> {
  const [connect, usdc] = await Promise.all([connectOption(db, actor), usdcOption(actor)]);
  return [
    connect,
    usdc,
    { rail: 'eth', ready: true, destination: actor.address, note: 'To the wallet you are signed in with, at the price of the day it is sent.' },
  ];
}

async function connectOption({ prisma }: Database, actor: Actor): Promise<RailOptionDto> {
  const off = { rail: 'connect', ready: false, destination: null } as const;
  const stripe = stripeAvailability();
  if (!stripe.on) return { ...off, note: 'Payouts to a bank are not set up on this server.' };
  const account = await prisma.connectAccount.findUnique({ where: { userId: actor.userId } });
  if (!account) return { ...off, note: 'Needs an account at Stripe first.', setUp: 'never' };
  if (!account.payoutsEnabled) return { ...off, note: 'Stripe still waits for something from you.', setUp: 'begun' };
  return {
    rail: 'connect',
    ready: true,
    destination: account.accountId,
    note: stripe.simulated ? 'Simulator: no money moves here.' : 'In US dollars.',
  };
}

async function usdcOption(actor: Actor): Promise<RailOptionDto> {
  try {
    await usdcToken();
    return { rail: 'usdc', ready: true, destination: actor.address, note: 'To the wallet you are signed in with. 1 USDC for 100 credits.' };
  } catch {
    return { rail: 'usdc', ready: false, destination: null, note: 'This server has no USDC on its chain.' };
  }
}

/** Where a rail pays this creator to. Throws `payouts_not_set_up` or `rail_unavailable`. */
export async function findDestination(db: Database, actor: Actor, rail: Rail): Promise<string> {
  const option = (await listRails(db, actor)).find((one) => one.rail === rail);
  if (option?.ready && option.destination) return option.destination;
  throw new AppError(option?.setUp ? 'payouts_not_set_up' : 'rail_unavailable');
}
