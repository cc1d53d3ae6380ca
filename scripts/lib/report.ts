/** Where progress goes: one line at a time. `step` times a piece of work and keeps it for the table at the end. */
export type Report = {
  line(text: string): void;
  step<T>(name: string, work: () => Promise<T> | T): Promise<T>;
  timings: { name: string; ms: number }[];
};

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
const heartbeatMs = 10_000;

/** Prints lines with the time since the start; a step that takes long says so every ten seconds. */
export function createReport(print: (line: string) => void): Report {
  const startedAt = performance.now();
  const timings: Report['timings'] = [];
  const line = (text: string) => print(`${seconds(performance.now() - startedAt).padStart(8)}  ${text}`);
  const step: Report['step'] = async (name, work) => {
    const begin = performance.now();
    line(`${name} …`);
    const heartbeat = setInterval(() => line(`${name}: still at it, ${seconds(performance.now() - begin)}`), heartbeatMs);
    try {
      return await work();
    } finally {
      clearInterval(heartbeat);
      timings.push({ name, ms: performance.now() - begin });
    }
  };
  return { line, step, timings };
}

/** The steps and their times, longest first. */
export function timingTable(timings: Report['timings']): string[] {
  const width = Math.max(...timings.map((t) => t.name.length), 0);
  return [...timings].sort((a, b) => b.ms - a.ms).map((t) => `${t.name.padEnd(width)}  ${seconds(t.ms).padStart(8)}`);
}
