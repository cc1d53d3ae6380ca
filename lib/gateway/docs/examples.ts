import type { ExampleCode, ExampleDto, ExampleModelDto } from './schema';

const PROMPT = 'Low tide, seen from the pier';
const KEY = 'INTAGLIO_KEY';

const curl = (method: 'POST' | 'GET', url: string, body?: object, headers: string[] = []) =>
  [
    `curl -sS ${method === 'POST' ? '-X POST ' : ''}${url}`,
    `-H "authorization: Bearer $${KEY}"`,
    ...headers.map((header) => `-H ${header}`),
    ...(body ? [`-H 'content-type: application/json'`, `-d '${JSON.stringify(body)}'`] : []),
  ].join(' \\\n  ');

const openAi = (origin: string) => ({
  typescript: `import OpenAI from 'openai';

const client = new OpenAI({ apiKey: process.env.${KEY}, baseURL: '${origin}/api/v1' });
`,
  python: `import os
from openai import OpenAI

client = OpenAI(api_key=os.environ["${KEY}"], base_url="${origin}/api/v1")
`,
});

function make(origin: string, { slug, kind }: ExampleModelDto): ExampleCode {
  const { typescript, python } = openAi(origin);
  if (kind === 'image') {
    return {
      curl: curl('POST', `${origin}/api/v1/images/generations`, { model: slug, prompt: PROMPT }),
      typescript: `${typescript}const { data } = await client.images.generate({ model: '${slug}', prompt: '${PROMPT}' });
console.log(data?.[0]?.url);`,
      python: `${python}images = client.images.generate(model="${slug}", prompt="${PROMPT}")
print(images.data[0].url)`,
    };
  }
  return {
    curl: curl('POST', `${origin}/api/v1/chat/completions`, { model: slug, messages: [{ role: 'user', content: PROMPT }] }),
    typescript: `${typescript}const { choices } = await client.chat.completions.create({ model: '${slug}', messages: [{ role: 'user', content: '${PROMPT}' }] });
console.log(choices[0]?.message.content);`,
    python: `${python}chat = client.chat.completions.create(model="${slug}", messages=[{"role": "user", "content": "${PROMPT}"}])
print(chat.choices[0].message.content)`,
  };
}

const price = (origin: string, { slug }: ExampleModelDto): ExampleCode => ({
  curl: curl('POST', `${origin}/api/v1/quotes`, { model: slug, prompt: PROMPT }),
  typescript: `import { createIntaglio } from 'intaglio-client';

const intaglio = createIntaglio({ baseUrl: '${origin}', key: process.env.${KEY} });
const { data: quote } = await intaglio.api.POST('/quotes', { body: { model: '${slug}', prompt: '${PROMPT}' } });
console.log(quote?.totalMillicredits, quote?.breakdown);`,
  python: `import json, os, urllib.request

def call(method, path, body=None, headers={}):
    request = urllib.request.Request("${origin}/api/v1" + path, method=method, data=json.dumps(body).encode() if body else None)
    request.add_header("authorization", "Bearer " + os.environ["${KEY}"])
    for name, value in headers.items():
        request.add_header(name, value)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)

quote = call("POST", "/quotes", {"model": "${slug}", "prompt": "${PROMPT}"})
print(quote["totalMillicredits"], quote["breakdown"])`,
});

const run = (origin: string, { slug }: ExampleModelDto): ExampleCode => ({
  curl: curl('POST', `${origin}/api/v1/generations`, { model: slug, prompt: PROMPT }, [`'idempotency-key: low-tide-1'`]),
  typescript: `import { createIntaglio } from 'intaglio-client';

const intaglio = createIntaglio({ baseUrl: '${origin}', key: process.env.${KEY} });
const { data, error } = await intaglio.api.POST('/generations', {
  params: { header: { 'idempotency-key': 'low-tide-1' } },
  body: { model: '${slug}', prompt: '${PROMPT}' },
});
if (error) throw new Error(error.code);
for (const { id } of data.generations) {
  for await (const state of intaglio.follow(id)) console.log(state.state, state.progressPercent);
  const { data: work } = await intaglio.api.GET('/works/{id}', { params: { path: { id } } });
  console.log(work?.title, work?.digests.receipt);
}`,
  python: `# call() is that of the example above.
import time

started = call("POST", "/generations", {"model": "${slug}", "prompt": "${PROMPT}"}, {"idempotency-key": "low-tide-1"})
for run in started["generations"]:
    while run["state"] in ("held", "running") or (run["state"] == "captured" and not run["sealed"]):
        time.sleep(1)
        run = call("GET", "/generations/" + run["id"])
    print(run["state"], run["links"]["file"], run["links"]["receipt"])`,
});

const picture = (origin: string, slug: string, name: string): Partial<ExampleCode> => ({
  curl: `CONTENT=$(curl -sS -X POST ${origin}/api/v1/uploads \\
  -H "authorization: Bearer $${KEY}" \\
  --data-binary @picture.png | sed 's/.*"content":"\\([^"]*\\)".*/\\1/')
${curl('POST', `${origin}/api/v1/generations`, { model: slug, prompt: PROMPT, params: { [name]: `'$CONTENT'` } })}`,
  typescript: `import { openAsBlob } from 'node:fs';
import { createIntaglio } from 'intaglio-client';

const intaglio = createIntaglio({ baseUrl: '${origin}', key: process.env.${KEY} });
const { content } = await intaglio.upload(await openAsBlob('picture.png'));
const { data } = await intaglio.api.POST('/generations', { body: { model: '${slug}', prompt: '${PROMPT}', params: { ${name}: content } } });
console.log(data?.generations[0]?.id);`,
});

/** Calls to begin with, for this server and a model of it. */
export function examplesOf(origin: string, model: ExampleModelDto): ExampleDto[] {
  const made = model.kind === 'image' ? 'a picture' : 'a text';
  return [
    {
      ...{ id: 'make', title: `Make ${made}`, code: make(origin, model) },
      text: `OpenAI’s own libraries work as they are: a base URL, a key, a model of this server. What comes back is a work of yours, with a signed receipt.`,
    },
    {
      id: 'price',
      title: 'Ask for the price first',
      text: 'A price costs nothing and starts nothing. It stands for some minutes.',
      code: price(origin, model),
    },
    {
      ...{ id: 'run', title: 'Start a run and follow it', code: run(origin, model) },
      text: 'With an Idempotency-Key a call that is sent again starts nothing more. Nothing is charged for what is not delivered.',
    },
    ...(model.picture === null
      ? []
      : [
          {
            ...{ id: 'picture', title: 'Start from a picture of yours', code: picture(origin, model.slug, model.picture) },
            text: 'Only its pixels are kept: for a day, or as long as a work that was made from them. To start from a work, name it as parentWorkId instead.',
          },
        ]),
    {
      ...{ id: 'verify', title: 'Check a work', code: { curl: `curl -sS ${origin}/api/v1/verify -F file=@work.png` } },
      text: 'From a file to the model that made it, link by link. No key is needed, and the package intaglio-verify does the same without us.',
    },
  ];
}
