import { migrate } from './lib/migrate';

const url = process.env.DATABASE_OWNER_URL || process.env.DATABASE_URL;
if (!url) {
  console.error('Set DATABASE_OWNER_URL (or DATABASE_URL): the database to migrate.');
  process.exit(1);
}
await migrate(url, (line) => console.log(line));
