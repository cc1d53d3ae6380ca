import { startTestPostgres } from './test-database';

/** Vitest's global setup of the database tests; what it returns runs at the end. */
export const setup = (): Promise<() => Promise<void>> => startTestPostgres();
