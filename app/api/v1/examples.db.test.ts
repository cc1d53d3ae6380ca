import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SessionActor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { exampleModel } from '@/lib/gateway/docs/example-model';
import { examplesOf } from '@/lib/gateway/docs/examples';
import type { ExampleCode } from '@/lib/gateway/docs/schema';
import { plain } from '@/lib/uploads/testing/files';
import { seedTestModel } from '@/prisma/seed/test-model';
import { serveGateway } from './testing/gateway';
import { newKey, newPerson, openHouse, WORDS } from './testing/house';

// What the pages tell people to type is typed here.
const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'intaglio-gateway-'));
mkdirSync(join(root, '.data'), { recursive: true });
const desk = mkdtempSync(join(root, '.data/examples-'));
let db: Database;
let house: Awaited<ReturnType<typeof openHouse>>;
let server: Awaited<ReturnType<typeof serveGateway>>;
let anna: SessionActor;
let secret: string;

beforeAll(async () => {
  server = await serveGateway();
  Object.assign(process.env, { PUBLIC_URL: server.origin, STORAGE_DIR: folder });
  house = await openHouse();
  db = house.db;
  anna = await newPerson(db, 200_000n);
  secret = (await newKey(db, anna)).secret;
});
afterAll(async () => {
  await server.close();
  await house.close();
  rmSync(folder, { recursive: true });
  rmSync(desk, { recursive: true });
});

const run = promisify(execFile);
const codeOf = (id: string, kind: 'image' | 'text', language: keyof ExampleCode) =>
  examplesOf(server.origin, { slug: kind === 'image' ? 'proof' : 'lines', name: '', kind, picture: null }).find((one) => one.id === id)?.code[
    language
  ] ?? '';
const env = () => ({ PATH: process.env.PATH, INTAGLIO_KEY: secret }) as unknown as NodeJS.ProcessEnv;
const inShell = async (code: string) => (await run('sh', ['-c', code], { env: env() })).stdout;
/** As a program in a folder of its own, with the packages that are installed here. */
async function asProgram(code: string): Promise<string> {
  const file = join(desk, 'example.ts');
  writeFileSync(file, code);
  return (await run(process.execPath, ['--import', 'tsx', file], { env: env(), cwd: root })).stdout;
}

describe('the examples of the docs do what they say', () => {
  test('in a shell', async () => {
    expect(JSON.parse(await inShell(codeOf('make', 'image', 'curl'))).data[0].url).toContain('/api/v1/files/');
    expect(JSON.parse(await inShell(codeOf('make', 'text', 'curl'))).choices[0].message.content).toBe(WORDS);
    expect(JSON.parse(await inShell(codeOf('price', 'image', 'curl')))).toMatchObject({ totalMillicredits: '2000' });
    const started = () => inShell(codeOf('run', 'image', 'curl')).then((text) => JSON.parse(text).generations[0].id);
    expect(await started()).toBe(await started());
  });

  test.skipIf(spawnSync('python3', ['--version']).status !== 0)('in Python, with nothing but Python', async () => {
    const code = [codeOf('price', 'image', 'python'), codeOf('run', 'image', 'python').replace('low-tide-1', 'low-tide-2')].join('\n');
    const { stdout } = await run('python3', ['-c', code], { env: env() });
    expect(stdout).toMatch(/^2000 \[.*\]\ncaptured \/api\/v1\/works\/.*\/file /);
  });

  test('with OpenAI’s library', async () => {
    expect(await asProgram(codeOf('make', 'image', 'typescript'))).toContain('/api/v1/files/');
    expect(await asProgram(codeOf('make', 'text', 'typescript'))).toContain(WORDS);
  });
});

test('a picture is sent and a run starts from it, in a shell and with the client', async () => {
  const shown = { type: 'string', title: 'Start from', default: '', contentMediaType: 'image/png' } as const;
  const size = (title: string) => ({ type: 'integer', title, default: 2, enum: [2] }) as const;
  const properties = { width: size('Width'), height: size('Height'), start: shown };
  const manifest = { name: 'Again', parameters: { type: 'object', additionalProperties: false, properties } } as const;
  await seedTestModel(db, await newPerson(db), { slug: 'again', manifest });
  const model = await exampleModel(db, null, 'again');
  expect(model).toMatchObject({ slug: 'again', picture: 'start' });
  const { curl = '', typescript = '' } = examplesOf(server.origin, model as NonNullable<typeof model>).find(({ id }) => id === 'picture')?.code ?? {};
  writeFileSync(join(desk, 'picture.png'), await plain(8));
  const ids = [
    JSON.parse((await run('sh', ['-c', curl], { env: env(), cwd: desk })).stdout).generations[0].id,
    (
      await asProgram(
        typescript
          .replace("'picture.png'", `'${join(desk, 'picture.png')}'`)
          .replace("'intaglio-client'", `'${join(root, 'packages/client/index.ts')}'`),
      )
    ).trim(),
  ];
  const rows = await db.prisma.generation.findMany({ where: { id: { in: ids } } });
  expect(rows.map(({ uploadId }) => uploadId !== null)).toEqual([true, true]);
});

test('they are written with the model that is asked for, else with the first there is', async () => {
  expect(await exampleModel(db, null, 'lines')).toEqual({ slug: 'lines', name: 'Lines', kind: 'text', picture: null });
  expect(await exampleModel(db, anna, 'nothing-here')).toMatchObject({ slug: 'proof', kind: 'image' });
});
