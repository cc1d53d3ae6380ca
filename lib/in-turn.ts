import { AppError } from '@/lib/errors';

/** Lets `most` of something happen at once in this process; so many more wait their turn, and beyond them nobody. Throws `rate_limited`. */
export function inTurn({ most, waiting: mostWaiting }: { most: number; waiting: number }) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < most) running++;
    else if (waiting.length >= mostWaiting) throw new AppError('rate_limited');
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // A place is handed on, so that nobody who comes later takes it.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
