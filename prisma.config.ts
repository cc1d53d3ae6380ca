import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'prisma/config';

// Prisma's own engine is a download; this one comes with the npm packages. So stock `npx prisma` works offline.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= resolve(import.meta.dirname, 'scripts/schema-engine.mjs');

/** The owner's address: from the settings, else of the stack that runs here now. */
function databaseUrl(): string {
  const given = process.env.DATABASE_OWNER_URL || process.env.DATABASE_URL;
  if (given) return given;
  try {
    const running = readFileSync(resolve(import.meta.dirname, '.data/stack.json'), 'utf8');
    return (JSON.parse(running) as { env: { DATABASE_OWNER_URL: string } }).env.DATABASE_OWNER_URL;
  } catch {
    return ''; // `prisma generate` needs none; the other commands name what is missing
  }
}

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations', seed: 'tsx prisma/seed/main.ts' },
  datasource: { url: databaseUrl() },
});
