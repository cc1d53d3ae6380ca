export type ServerSentEvent = { event: string; data: string };

/** The events of a stream (WHATWG, server-sent events), wherever it was cut on its way. Comments keep the line open and are nobody's. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  let event = 'message';
  let data: string[] = [];
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const lines = (rest + decoder.decode(piece.value, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield { event, data: data.join('\n') };
          event = 'message';
          data = [];
        }
        const [, name, value = ''] = /^(\w+)(?:: ?(.*))?$/.exec(line) ?? [];
        if (name === 'event') event = value;
        if (name === 'data') data.push(value);
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
