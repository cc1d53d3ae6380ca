import type { components } from './api.generated.js';
import { readEvents } from './read-events.js';

export type Run = components['schemas']['Run'];
type Problem = components['schemas']['Problem'];

/** Lines that break one after the other, with nothing told between them. */
const MOST_BREAKS = 5;
const PAUSE_MS = 1_000;

/** What a call was refused with. */
export class IntaglioError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'IntaglioError';
  }
}

/** A run's states as they are told, until `done`. Who is told of a break connects again, and gets the state anew. Throws IntaglioError where that is refused. */
export async function* followRun(connect: () => Promise<Response>, signal?: AbortSignal): AsyncGenerator<Run> {
  for (let breaks = 0; breaks < MOST_BREAKS; breaks++) {
    try {
      const answer = await connect();
      if (!answer.ok || !answer.body) throw await refusalOf(answer);
      for await (const { event, data } of readEvents(answer.body)) {
        if (event === 'done') return;
        breaks = 0;
        yield JSON.parse(data) as Run;
      }
    } catch (error) {
      if (signal?.aborted || (error instanceof IntaglioError && error.status < 500)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new IntaglioError('unavailable', 503, 'The stream of the run broke off again and again.');
}

export async function refusalOf(answer: Response): Promise<IntaglioError> {
  const problem = (await answer.json().catch(() => null)) as Problem | null;
  return new IntaglioError(problem?.code ?? 'unavailable', answer.status, problem?.detail ?? `The server answered ${answer.status}.`);
}
