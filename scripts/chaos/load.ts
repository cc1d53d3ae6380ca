import { newId } from '@/lib/ids';
import { mapLimited } from '../bench/report';
import type { Books } from './books';
import type { Memory } from './memory';
import { createLane, createOperations, type Lane, type Operation } from './operations';
import { isOutage } from './outage';
import { createRandom, type Random } from './random';
import { randomSplits } from './splits';

const WORKERS = 20;
const WORKERS_A_LANE = 5;
const BURST = 24;
/** How many earlier operations a worker remembers, to ask them again. */
const REPEATABLE = 64;

export type Load = {
  /** Operations whose answer got lost with the server: each either happened or did not. */
  unknown: Operation[];
  /** Settles when every worker has stopped; rejects on an error that is no outage. */
  stopped: Promise<unknown>;
};

/** Workers that put random operations on the ledger until the server is gone. */
export function startLoad(books: Books, memory: Memory, seed: string): Load {
  const unknown: Operation[] = [];
  const outage = { seen: false };
  const attempt = async (operation: Operation) => {
    try {
      await operation();
    } catch (error) {
      if (!isOutage(error)) throw error;
      outage.seen = true;
      unknown.push(operation);
    }
  };
  let lane = createLane(books);
  const workers = Array.from({ length: WORKERS }, (_, i) => {
    if (i % WORKERS_A_LANE === 0) lane = createLane(books);
    return work(createWorker(books, memory, lane, createRandom(seed, i)), attempt, outage);
  });
  return { unknown, stopped: Promise.all(workers) };
}

/** Something to spend for everybody. */
export async function fillPurses(books: Books, memory: Memory, seed: string): Promise<void> {
  const make = createOperations(books, memory, createRandom(seed));
  await mapLimited(books.users, WORKERS, (user) => make.topUp(user)());
}

async function work(worker: Worker, attempt: (operation: Operation) => Promise<void>, outage: { seen: boolean }): Promise<void> {
  const earlier: Operation[] = [];
  while (!outage.seen) {
    const { random } = worker;
    const burst = random.oneIn(5) ? worker.chores() : worker.holds();
    for (const operations of [burst, worker.ends(), random.oneIn(10) ? [...earlier] : []]) {
      if (!outage.seen) await Promise.all(operations.map(attempt));
      earlier.push(...operations.filter(() => random.oneIn(8)));
    }
    earlier.splice(0, Math.max(0, earlier.length - REPEATABLE));
  }
}

type Worker = ReturnType<typeof createWorker>;

function createWorker(books: Books, memory: Memory, lane: Lane, random: Random) {
  const make = createOperations(books, memory, random);
  let asked: string[] = [];
  const capture = (id: string) => {
    const { splits, receivers } = randomSplits(books, random, memory.holds.get(id)?.amountMillicredits ?? 1n);
    return make.capture(lane.capture, { id, splits }, receivers);
  };
  return {
    random,
    holds(): Operation[] {
      asked = Array.from({ length: BURST }, () => newId());
      const operations = asked.map((id) => {
        const call = random.oneIn(10) ? lane.holdBriefly : random.oneIn(10) ? lane.holdFinal : lane.hold;
        return make.hold(call, { id, userId: random.pick(books.users), amountMillicredits: BigInt(random.between(1, 600)) });
      });
      return [...operations, ...operations.filter(() => random.oneIn(20))];
    },
    /** Ends what was held before: mostly once, at times twice, or in two ways at the same time. */
    ends(): Operation[] {
      const held = asked.filter((id) => memory.holds.has(id));
      asked = [];
      return held.flatMap((id) => {
        if (random.oneIn(8)) return [make.release(id)];
        const first = capture(id);
        if (random.oneIn(20)) return [first, first];
        if (random.oneIn(40)) return [first, capture(id)];
        return random.oneIn(40) ? [first, make.release(id)] : [first];
      });
    },
    chores(): Operation[] {
      const streams = [...books.creators, books.platform];
      return [
        ...Array.from({ length: 5 }, () => make.topUp(random.pick(books.users))),
        ...Array.from({ length: 4 }, () => make.payOut(random.pick(streams))),
        make.rollUp(),
        make.expire(),
      ];
    },
  };
}
