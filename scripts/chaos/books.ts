import pg from 'pg';
import { openAccount, purseOf } from '@/lib/credits/accounts';
import { appUrl, type DatabaseAddress, prepareRoles } from '../lib/database-roles';
import { migrate } from '../lib/migrate';
import { superuserUrl, withClient } from '../lib/postgres';

const COLLECTORS = 200;
const CREATORS = 8;
const TEMPLATE = 'chaos_template';

/** Where a share goes when it was paid by card, and where when not. A client cannot know which: it adds up both. */
export type Receiver = { name: string; pending: bigint; available: bigint };

/** An empty set of books: a database with accounts in it, and who takes part. */
export type Books = {
  pool: pg.Pool;
  users: string[];
  creators: Receiver[];
  /** The platform, as a receiver like any other: it may be creator of a model too. */
  platform: Receiver;
  /** Where earnings leave to: a row and no stream, so that it is hot. */
  away: Receiver;
  till: bigint;
  card: bigint;
  promotion: bigint;
};

export async function makeTemplate(address: DatabaseAddress): Promise<void> {
  await prepareRoles(address, TEMPLATE);
  await migrate(superuserUrl(address, TEMPLATE), () => {});
}

export async function openBooks(address: DatabaseAddress, name: string): Promise<Books> {
  await withClient(superuserUrl(address), (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`));
  const pool = new pg.Pool({ connectionString: appUrl(address, name), max: 24 });
  // Killed connections are the point: each query's own promise tells.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const users = Array.from({ length: COLLECTORS }, (_, i) => `collector ${i}`);
  for (const user of users) await purseOf({ pool }, user);
  const creators: Receiver[] = [];
  for (let i = 0; i < CREATORS; i++) {
    const owner = `creator ${i}`;
    const pending = await openAccount(pool, 'creator_pending', owner, { sub: '2026-11-24' });
    creators.push({ name: owner, pending, available: await openAccount(pool, 'creator_available', owner) });
  }
  const [fee, away] = [await openAccount(pool, 'platform_fee', 'house'), await openAccount(pool, 'payout_clearing', 'house')];
  return {
    pool,
    users,
    creators,
    platform: { name: 'platform', pending: fee, available: fee },
    away: { name: 'away', pending: away, available: away },
    till: await openAccount(pool, 'till_clearing', 'house'),
    card: await openAccount(pool, 'card_clearing', 'house'),
    promotion: await openAccount(pool, 'promotion', 'house'),
  };
}

export const receiversOf = ({ creators, platform, away }: Books): Receiver[] => [...creators, platform, away];
