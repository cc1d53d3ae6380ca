import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { houseWallet } from './house-wallet';
import { makeWorks, mintWorks } from './make-works';
import { seedPerson } from './people';
import { publishHouseModels } from './publish-house-models';

// Fills a new installation: the house models, published like any creator's, and the first works. Safe to repeat.
const db = openDatabase(env.DATABASE_URL, 4);
try {
  const [creatorWallet, collectorWallet] = [await houseWallet('creator'), await houseWallet('collector')];
  await publishHouseModels(db, await seedPerson(db, creatorWallet.address), creatorWallet);
  const collector = await seedPerson(db, collectorWallet.address);
  await makeWorks(db, collector, console.log);
  await mintWorks(db, collector, collectorWallet);
} finally {
  await db.close();
}
