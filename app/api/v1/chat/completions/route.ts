import { database } from '@/lib/db';
import { finishChat, startChat, streamChat } from '@/lib/gateway/openai/make-chat';
import { chatInput } from '@/lib/gateway/openai/schema';
import { fresh, payableRoute, readJson } from '@/lib/gateway/route';
import { payPerCall } from '@/lib/gateway/x402/pay-per-call';
import { paidChat } from '@/lib/gateway/x402/payables';
import { EVENT_STREAM_HEADERS } from '@/lib/generations/follow-runs';

/** OpenAI’s chat.completions, for models that make texts. Without credentials one text can be paid (x402). */
export const POST = payableRoute(
  'run',
  async (call) => {
    const input = readJson(call, chatInput);
    const started = await startChat(database(), call, input);
    if (input.stream) return new Response(streamChat(database(), call, started), { headers: EVENT_STREAM_HEADERS });
    return fresh(await finishChat(database(), call, started));
  },
  payPerCall(paidChat),
);
