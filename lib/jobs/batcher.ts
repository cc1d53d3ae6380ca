/** Joins calls that arrive while another is on its way into one. Alone, a call goes at once, so batching adds no waiting. */
export type Batcher<I, O> = (item: I) => Promise<O>;

export type BatchTerms = {
  maxItems: number;
  /** When so many wait, a second call goes out beside the first. Fewer are not worth the fixed cost of a call. Without it: one at a time. */
  overlapFrom?: number;
};

type Waiting<I, O> = { item: I; resolve: (result: O) => void; reject: (error: unknown) => void };

/**
 * `run` gets 1 to `maxItems` items and answers in the same order. When a call for several items throws, each is tried alone, so
 * that one bad item does not fail its neighbours.
 */
export function createBatcher<I, O>(run: (items: I[]) => Promise<O[]>, { maxItems, overlapFrom = Infinity }: BatchTerms): Batcher<I, O> {
  const waiting: Waiting<I, O>[] = [];
  let inFlight = 0;

  async function settle(batch: Waiting<I, O>[]): Promise<void> {
    try {
      const results = await run(batch.map((w) => w.item));
      if (results.length !== batch.length) throw new Error(`${results.length} results for ${batch.length} items`);
      results.forEach((result, i) => {
        batch[i]?.resolve(result);
      });
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1) only?.reject(error);
      else for (const one of batch) await settle([one]);
    }
  }

  async function drain(): Promise<void> {
    inFlight++;
    while (waiting.length > 0) await settle(waiting.splice(0, maxItems));
    inFlight--;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (inFlight === 0 || (inFlight === 1 && waiting.length >= overlapFrom)) void drain();
    });
}
