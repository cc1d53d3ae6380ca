import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { GenerationDto } from '@/lib/generations/schema';
import type { Caller } from '../doors/door';
import { errorOf, problemBody } from '../problem';
import type { GatewayCall } from '../route';
import { findModel } from '../runs/find-model';
import { placeToLook } from '../runs/place-to-look';
import { startRuns } from '../runs/start-runs';
import { waitForRuns } from '../runs/wait-for-runs';
import type { RunInput } from '../schema';
import type { ChatInput } from './schema';

/** Models here take one prompt: a single message is it, several are written one after the other with who said them. */
export function promptOf(messages: ChatInput['messages']): string {
  const [only] = messages;
  if (messages.length === 1 && only) return only.content;
  return messages.map(({ role, content }) => `${role}: ${content}`).join('\n\n');
}

const PING_EVERY_MS = 10_000;

type Told = { quoteId: string; model: string };
/** `leave`: for whoever has waited. */
type Started = Told & { leave: () => void };

/** What OpenAI’s chat.completions asks for, in our words. Throws `invalid_input` for a model of pictures. */
export async function chatAsked(db: Database, caller: Pick<Caller, 'modelIds'>, input: ChatInput): Promise<RunInput> {
  const { manifest, digest } = await findModel(db, caller, input.model);
  if (manifest.kind !== 'text') throw new AppError('invalid_input', { message: 'This model makes pictures: use /images/generations.' });
  const { params, seed, parentWorkId, passId, n: count } = input;
  return { model: digest, prompt: promptOf(input.messages), params, seed, count, parentWorkId, passId };
}

/** Starts the runs of a chat completion. Throws what starting runs throws, while it can still be the answer’s status. */
export async function startChat(db: Database, call: GatewayCall<Caller>, input: ChatInput): Promise<Started> {
  const asked = await chatAsked(db, call.caller, input);
  const leave = placeToLook('waits', call.caller.actor.userId);
  try {
    const { quoteId } = await startRuns(db, call, asked);
    return { quoteId, model: input.model, leave };
  } catch (error) {
    leave();
    throw error;
  }
}

const common = ({ quoteId, model }: Told) => ({ id: `chatcmpl-${quoteId}`, created: Math.floor(Date.now() / 1000), model });
const links = ({ id, seed }: GenerationDto) => ({ work: `/api/v1/works/${id}`, receipt: `/api/v1/works/${id}/receipt`, seed });

/** The whole answer. */
export const finishChat = async (db: Database, { caller, request }: GatewayCall<Caller>, started: Started) =>
  chatBody(started, await waitForRuns(db, caller, started.quoteId, request.signal).finally(started.leave));

export function chatBody(started: Told, runs: GenerationDto[]) {
  return {
    ...common(started),
    object: 'chat.completion' as const,
    choices: runs.map((run, index) => ({
      index,
      message: { role: 'assistant' as const, content: run.text ?? '', refusal: null },
      logprobs: null,
      finish_reason: 'stop' as const,
    })),
    intaglio: runs.map(links),
  };
}

/** The same as chunks. A text comes whole, so that each choice is one of them; comments keep the line open until it is there. */
export function streamChat(db: Database, call: GatewayCall<Caller>, started: Started): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const hungUp = new AbortController();
  const signal = AbortSignal.any([hungUp.signal, call.request.signal]);
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (text: string) => !signal.aborted && controller.enqueue(encoder.encode(`${text}\n\n`));
      const data = (body: object) => send(`data: ${JSON.stringify(body)}`);
      const chunk = (index: number, delta: object, finish: 'stop' | null) => ({
        ...common(started),
        object: 'chat.completion.chunk',
        choices: [{ index, delta, logprobs: null, finish_reason: finish }],
      });
      const ping = setInterval(() => send(': still here'), PING_EVERY_MS);
      try {
        const runs = await waitForRuns(db, call.caller, started.quoteId, signal).finally(started.leave);
        runs.forEach((run, index) => {
          data(chunk(index, { role: 'assistant', content: run.text ?? '', refusal: null }, null));
          data({ ...chunk(index, {}, 'stop'), intaglio: links(run) });
        });
      } catch (thrown) {
        data({ error: problemBody(errorOf(thrown)).error });
      }
      clearInterval(ping);
      send('data: [DONE]');
      if (!signal.aborted) controller.close();
    },
    cancel: () => hungUp.abort(),
  });
}
