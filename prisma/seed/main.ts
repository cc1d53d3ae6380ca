import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { houseWallet } from './house-wallet';
import { makeWorks, mintWorks } from './make-works';
import { seedPerson } from './people';
import { publishHouseModels } from './publish-house-models';

async function seed(): Promise<void> {
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
}

// Fills a new local installation: the house models, published like any creator's, and the first works. Safe to repeat.
if (env.EMBEDDED_CHAIN) await seed();
else console.log('nothing to seed: the house publishes its models on the local chain only');
