import { afterEach, describe, expect, test } from 'vitest';
import { jsonOf } from '@/scripts/standins/models/json-of';
import { startOpenaiChat } from '@/scripts/standins/models/openai-chat';
import { type Against, LONG_SEED, requestOf, runAgainst, SECRET_PROMPT, until } from '@/scripts/standins/models/run-against';
import { openaiChat } from './openai-chat';
import { testRefusals } from './testing/refusals';
import { failure } from './testing/stage';

const ROUTE = 'POST /v1/chat/completions';
const MODEL = 'meta-llama/Llama-3.1-8B-Instruct';
const textRequest = (more = {}) => requestOf({ kind: 'text', params: {}, ...more });

let opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const { close } of opened) await close();
  opened = [];
});

async function start(more: Partial<Parameters<typeof startOpenaiChat>[0]> = {}, against: Partial<Against> = {}) {
  const server = await startOpenaiChat({ models: [MODEL], ...more });
  const endpoint = runAgainst(openaiChat, { url: server.url, reference: MODEL, options: { answerMs: 2_000 }, ...against });
  opened.push(endpoint, server);
  return { server, ...endpoint };
}

describe('a run that succeeds', () => {
  test('gives the text, the model that says it answered, and what it used', async () => {
    const { run } = await start();
    const result = await run(textRequest());
    expect(result).toMatchObject({ output: { kind: 'text', text: expect.stringMatching(/^A line of \w{12}\.$/) }, modelReported: MODEL });
    expect(result).toMatchObject({ seedReported: null, weightsReported: null, raw: { usage: { total_tokens: 21 }, finish_reason: 'stop' } });
    // The text is the collector's: its model's creator is not shown it.
    expect(JSON.stringify(result.raw)).not.toContain('A line');
  });

  test('is sent as the API documents it, with the creator’s private instruction before the prompt', async () => {
    const mapping = { names: { length: 'max_tokens' }, divisors: { temperature: 100 }, fixed: { top_p: 0.9, stream: true } };
    const { server, run } = await start({ key: 'sk-1' }, { secret: 'sk-1', options: { system: 'Write haiku.', mapping } });
    await run(textRequest({ params: { length: 40, temperature: 70 } }));
    expect(server.seenAt(ROUTE).map(jsonOf)).toEqual([
      {
        model: MODEL,
        messages: [
          { role: 'system', content: 'Write haiku.' },
          { role: 'user', content: SECRET_PROMPT },
        ],
        seed: LONG_SEED,
        max_tokens: 40,
        temperature: 0.7,
        top_p: 0.9,
        n: 1,
        stream: false,
      },
    ]);
    expect(server.seenAt(ROUTE)[0]?.headers).toMatchObject({ authorization: 'Bearer sk-1', 'content-type': 'application/json' });
  });

  test('starts from a text: it and the prompt are one message, and a prompt may be left out', async () => {
    const { server, run } = await start();
    const inputs = [{ kind: 'text', content: '0x', text: 'Ink on copper.' }] as const;
    await run(textRequest({ inputs }));
    await run(textRequest({ inputs, prompt: '' }));
    const one = (content: string) => ({ messages: [{ role: 'user', content }] });
    expect(server.seenAt(ROUTE).map(jsonOf)).toMatchObject([one(`Ink on copper.\n\n${SECRET_PROMPT}`), one('Ink on copper.')]);
  });

  test('sends no seed for a model that takes none', async () => {
    const { server, run } = await start();
    await run(textRequest({ seedKind: 'none' }));
    expect(server.seenAt(ROUTE).map(jsonOf)[0]).not.toHaveProperty('seed');
  });

  test.each(['/v1', '/v1/', '/'])('reaches the same place when the address ends with %s', async (end) => {
    const { server } = await start();
    const { run, close } = runAgainst(openaiChat, { url: `${server.url}${end}`, reference: MODEL });
    await run(textRequest());
    await close();
    expect(server.seenAt(ROUTE)).toHaveLength(1);
  });

  test('passes on that another model answered, and the fingerprint of what is behind the name', async () => {
    const { run } = await start({ answersAs: 'llama-3.1-8b-q4', fingerprint: 'fp_44709d6fcb' });
    expect(await run(textRequest())).toMatchObject({ modelReported: 'llama-3.1-8b-q4@fp_44709d6fcb' });
  });
});

describe('a text that is not a work', () => {
  test.each([
    ['nothing', null],
    ['blank', ' \n '],
    ['too long', 'x'.repeat(20_001)],
    ['with NUL', 'a\0b'],
    ['with an escape', 'a\u001b[31mb'],
    ['with a carriage return', 'a\r\nb'],
    ['with half a character', 'a\ud800b'],
  ])('(%s) is garbage', async (_, text) => {
    const { run } = await start({ text });
    expect(await failure(run(textRequest()))).toMatchObject({ fault: 'garbage', charged: 'maybe' });
  });

  test.each([
    ['20,000 characters', 'x'.repeat(20_000)],
    ['lines and tabs', 'a\n\tb 🪶'],
  ])('is not one with %s', async (_, text) => {
    const { run } = await start({ text });
    expect(await run(textRequest())).toMatchObject({ output: { text } });
  });

  test.each([{ finishReason: 'content_filter' }, { refusal: 'I cannot help with that.' }])('but %o is blocked', async (more) => {
    const { run } = await start(more);
    expect(await failure(run(textRequest()))).toMatchObject({ fault: 'blocked' });
  });

  test('of a model of pictures is refused before it is sent', async () => {
    const { server, run } = await start();
    expect(await failure(run(requestOf()))).toMatchObject({ fault: 'refused' });
    expect(server.seen).toEqual([]);
  });
});

describe('a server that fails', () => {
  testRefusals(openaiChat, async () => {
    const { server, run } = await start();
    return { server, route: /^POST \/v1\/chat\/completions$/, run: () => run(textRequest()) };
  });

  test('with an unknown key or model says so', async () => {
    const { run } = await start({ key: 'sk-1' }, { secret: 'sk-other' });
    expect(await failure(run(textRequest()), 'sk-other')).toMatchObject({ fault: 'unauthorised' });
    const lacking = await start({}, { reference: 'gone' });
    expect(await failure(lacking.run(textRequest()))).toMatchObject({ fault: 'refused', status: 404 });
  });

  test.each([{ kind: 'hang' }, { kind: 'cut' }] as const)('by %o is not asked again, since the answer may have been charged', async (fault) => {
    const { server, run } = await start({}, { options: { answerMs: 100 } });
    server.faultOnce(ROUTE, fault);
    expect(await failure(run(textRequest()))).toMatchObject({ fault: 'unreachable', charged: 'maybe' });
    expect(server.seenAt(ROUTE)).toHaveLength(1);
  });

  test('to be there is asked again, and charged nothing', async () => {
    const { server, run } = await start();
    await server.close();
    expect(await failure(run(textRequest()))).toMatchObject({ fault: 'unreachable', charged: 'no' });
  });

  test.each([
    ['half an answer', { kind: 'half' }],
    ['a page', { kind: 'body', body: '<html>' }],
    ['no choices', { kind: 'body', body: '{"choices":[]}' }],
    ['a text that is a number', { kind: 'body', body: '{"choices":[{"message":{"content":7}}]}' }],
    ['a stream', { kind: 'body', body: 'data: {"choices":[]}\n\n' }],
  ] as const)('with %s is garbage', async (_, fault) => {
    const { server, run } = await start();
    server.faultOnce(ROUTE, fault);
    expect(await failure(run(textRequest()))).toMatchObject({ fault: 'garbage', charged: 'maybe' });
    expect(server.seenAt(ROUTE)).toHaveLength(1);
  });
});

test('A cancelled run hangs up, and a late answer changes nothing', async () => {
  const { server, run } = await start();
  server.faultOnce(ROUTE, { kind: 'late', ms: 100 });
  const stop = new AbortController();
  const running = run(textRequest(), { signal: stop.signal });
  await until(() => server.seenAt(ROUTE).length === 1);
  stop.abort(new Error('cancelled'));
  await expect(running).rejects.toThrow('cancelled');
  await until(() => server.seenAt(ROUTE)[0]?.hungUp === true);
});

test('A check finds the model in the list, and refuses another', async () => {
  const { server, check } = await start();
  expect(await check()).toMatchObject({ modelReported: MODEL });
  expect(server.seenAt(ROUTE)).toEqual([]);
  const other = await start({}, { reference: 'gone' });
  expect(await failure(other.check())).toMatchObject({ fault: 'refused', charged: 'no' });
});

test('Options that nobody knows are refused', () => {
  expect(openaiChat.options.safeParse({ system: 'x', pollMs: 100 }).success).toBe(false);
  expect(openaiChat.options.safeParse({ mapping: { image: 'x' } }).success).toBe(false);
});
