import { accountOf, openAccount, openPurse } from '@/lib/credits/accounts';
import { createCapturer } from '@/lib/credits/capture-hold';
import { createHolder } from '@/lib/credits/hold-credits';
import type { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { percentile99 } from './simple-update';

type Db = ReturnType<typeof openDatabase>;
type Earner = { pending: bigint; available: bigint };
export type Market = { collectors: string[]; creators: Earner[]; fee: bigint };
export type Load = { callers: number; seconds: number; creators: 'one' | 'many' };

const COLLECTORS = 10_000;
const CREATORS = 500;
const PRICE = 2_000n;
const FEE = 200n;
const LOT = 10n ** 12n;

/** 10,000 collectors with a card lot each and a bonus lot for every fourth, 500 creators. */
export async function prepareMarket(db: Db): Promise<Market> {
  const [card, promotion] = [await openAccount(db.pool, 'card_clearing', 'house'), await openAccount(db.pool, 'promotion', 'house')];
  const collectors = Array.from({ length: COLLECTORS }, () => newId());
  for (const owner of collectors) await openPurse(db.pool, owner);
  await db.pool.query(
    `SELECT ledger.post(gen_random_uuid(), 0, $2, ledger.open_account('collector_purchased', o, o), $3, 'purchase') FROM unnest($1::text[]) o`,
    [collectors, card, LOT],
  );
  await db.pool.query(
    `SELECT ledger.post(gen_random_uuid(), 0, $2, ledger.open_account('collector_bonus', o, o), $3, 'bonus') FROM unnest($1::text[]) o`,
    [collectors.filter((_, i) => i % 4 === 0), promotion, LOT],
  );
  const day = new Date().toISOString().slice(0, 10);
  const creators = await Promise.all(
    Array.from({ length: CREATORS }, async () => {
      const owner = newId();
      return {
        pending: await openAccount(db.pool, 'creator_pending', owner, { sub: day }),
        available: await openAccount(db.pool, 'creator_available', owner),
      };
    }),
  );
  return { collectors, creators, fee: await accountOf(db, 'platform_fee', 'house') };
}

/** Callers that each hold and capture in turn, through the app's own code, for a time. Every hold and every capture is a call. */
export async function runLoad(db: Db, market: Market, { callers, seconds, creators }: Load) {
  const hold = createHolder(db, { ttlSeconds: 900 });
  const capture = createCapturer(db, 'run');
  const latencies: number[] = [];
  const timed = async (call: Promise<unknown>) => {
    const started = performance.now();
    await call;
    latencies.push(performance.now() - started);
  };
  const until = performance.now() + seconds * 1000;
  const random = (below: number) => Math.floor(Math.random() * below);
  const started = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < until) {
        const id = newId();
        const earner = market.creators[creators === 'one' ? 0 : random(CREATORS)] as Earner;
        await timed(hold({ id, userId: market.collectors[random(COLLECTORS)] as string, amountMillicredits: PRICE }));
        const splits = [
          { ...earner, amountMillicredits: PRICE - FEE, code: 'run_creator' as const },
          { pending: market.fee, available: market.fee, amountMillicredits: FEE, code: 'run_fee' as const },
        ];
        await timed(capture({ id, splits }));
      }
    }),
  );
  return { calls: latencies.length, perSecond: (latencies.length * 1000) / (performance.now() - started), p99Ms: percentile99(latencies) };
}
