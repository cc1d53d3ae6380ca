/** Joins calls that arrive while another is on its way into one. Alone, a call goes at once, so batching adds no waiting. */
export type Batcher<I, O> = (item: I) => Promise<O>;

type Waiting<I, O> = { item: I; resolve: (result: O) => void; reject: (error: unknown) => void };

/**
 * `run` gets 1 to `maxItems` items and answers in the same order. When a call for several items throws, each is tried alone, so
 * that one bad item does not fail its neighbours.
 */
export function createBatcher<I, O>(run: (items: I[]) => Promise<O[]>, { maxItems }: { maxItems: number }): Batcher<I, O> {
  const waiting: Waiting<I, O>[] = [];
  let busy = false;

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
    busy = true;
    while (waiting.length > 0) await settle(waiting.splice(0, maxItems));
    busy = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!busy) void drain();
    });
}
