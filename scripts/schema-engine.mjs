#!/usr/bin/env node
/**
 * Prisma's schema engine without its download: the command line of the native engine (newline-delimited JSON-RPC on
 * stdio), served by the WebAssembly build of the same engine and the pg driver adapter, both of which are npm packages.
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineGlue from '@prisma/schema-engine-wasm/schema_engine_bg';
import { connectAdapter, connectToShadowDatabase, runCliCommand, withMaintenanceClient } from './lib/schema-engine-database.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: { datamodels: { type: 'string', multiple: true }, datasource: { type: 'string' } },
});
const url = values.datasource ? JSON.parse(values.datasource).url : process.env.DATABASE_URL;

if (positionals[0] === 'cli') process.exit(await runCliCommand(positionals[1], url));

function loadEngineModule() {
  const wasmUrl = new URL('./schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(fileURLToPath(wasmUrl))), {
    './schema_engine_bg.js': engineGlue,
  });
  engineGlue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  // A Rust panic is reported here before the module traps.
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => process.stderr.write(`${message}\n`) };
}

function createEngine() {
  loadEngineModule();
  const files = values.datamodels ?? [];
  const datamodels = files.map((file) => [relative(process.cwd(), file), readFileSync(file, 'utf8')]);
  // The engine wants at least one datamodel, even for commands that use none.
  if (datamodels.length === 0) datamodels.push(['schema.prisma', 'datasource db {\n  provider = "postgresql"\n}']);
  return engineGlue.SchemaEngine.new(
    { datamodels },
    (line) => process.stderr.write(`${line}\n`),
    bindMigrationAwareSqlAdapterFactory({
      provider: 'postgres',
      adapterName: '@prisma/adapter-pg',
      connect: () => connectAdapter(url),
      connectToShadowDb: () => connectToShadowDatabase(url),
    }),
  );
}

let engine;
const write = (message) => new Promise((done) => process.stdout.write(`${JSON.stringify(message)}\n`, done));

async function call(method, params) {
  if (method === 'createDatabase') return { databaseName: await withMaintenanceClient(url, (name) => `CREATE DATABASE ${name}`) };
  engine ??= createEngine();
  const instance = await engine;
  return instance[method === 'getDatabaseVersion' ? 'version' : method](params);
}

for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const { id, method, params } = JSON.parse(line);
  if (id === undefined || !method) continue;
  try {
    const result = await call(method, params);
    // The native engine prints a diff by asking its caller to.
    if (method === 'diff' && result?.stdout) await write({ jsonrpc: '2.0', id: 1, method: 'print', params: { content: result.stdout } });
    await write({ jsonrpc: '2.0', id, result: result ?? null });
  } catch (error) {
    const { message, code, meta } = error;
    await write({ jsonrpc: '2.0', id, error: { code: 4466, message, data: { is_panic: false, message, error_code: code, meta } } });
  }
}
process.exit(0);
