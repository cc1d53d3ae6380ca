import type { Pool } from 'undici';

type Headers = Record<string, string>;
/** Something to ask, and what each call of it sends. */
export type Target = { path: string; method?: 'GET' | 'POST'; body?: string; headers: (call: number) => Headers };
export type Load = { perSecond: number; p50Ms: number; p99Ms: number };

/** Asks for `seconds`, or until `calls` are made, with so many requests on their way at a time. An answer that is none stops the bench. */
export async function load(
  pool: Pool,
  target: Target,
  { inFlight, seconds, calls = Infinity }: { inFlight: number; seconds: number; calls?: number },
): Promise<Load> {
  const times: number[] = [];
  const started = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < calls && performance.now() - started < seconds * 1000) {
      const { path, method = 'GET', body, headers } = target;
      const asked = performance.now();
      const answer = await pool.request({ path, method, body, headers: headers(next++) });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 300)}`);
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const took = performance.now() - started;
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { perSecond: (times.length * 1000) / took, p50Ms: at(0.5), p99Ms: at(0.99) };
}
