import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEvents, type ServerSentEvent } from './read-events';

async function read(bytes: Uint8Array, cuts: number[]): Promise<ServerSentEvent[]> {
  const at = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
  const pieces = at.slice(1).map((end, i) => bytes.slice(at[i], end));
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const events: ServerSentEvent[] = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

test('events are the same wherever the stream was cut, with either end of line', async () => {
  const text = ': still here\n\ndata: {"a":"ü€😀"}\n\nevent: done\ndata: one\ndata: two\n\ndata: never finished';
  const expected = [
    { event: 'message', data: '{"a":"ü€😀"}' },
    { event: 'done', data: 'one\ntwo' },
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1000), { maxLength: 12 }), fc.boolean(), async (cuts, crlf) => {
      const bytes = new TextEncoder().encode(crlf ? text.replaceAll('\n', '\r\n') : text);
      expect(await read(bytes, cuts)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});
