import { afterAll } from 'vitest';
import { createTestDatabase } from './test-database';

// Runs before each database test file is loaded, so that the app's own client, too, reaches a database of that file alone.
const database = await createTestDatabase();
process.env.DATABASE_URL = database.url;
process.env.DATABASE_OWNER_URL = database.ownerUrl;
afterAll(() => database.drop());
