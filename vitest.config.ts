import { defineConfig } from 'vitest/config';

const environment = 'scripts/lib/vitest-environment.ts';
const exclude = ['node_modules/**', '.next/**', '.data/**', 'e2e/**', 'contracts/**'];

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: `${import.meta.dirname}/` },
      { find: /^server-only$/, replacement: `${import.meta.dirname}/node_modules/server-only/empty.js` },
    ],
  },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['**/*.test.{ts,tsx}'], exclude: [...exclude, '**/*.db.test.ts'], setupFiles: [environment] },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude,
          globalSetup: 'scripts/lib/vitest-postgres.ts',
          setupFiles: [environment, 'scripts/lib/vitest-database.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
