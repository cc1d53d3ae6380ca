import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { newId } from '@/lib/ids';
import { ownVersion } from './own';
import { priceData } from './price-data';
import type { setPriceInput } from './schema';

/** A price from now on. Quotes that were given stand until they expire. */
export async function setPrice(db: Database, actor: Actor, { version, price }: z.output<typeof setPriceInput>): Promise<void> {
  await ownVersion(db, actor, version);
  await db.prisma.price.create({ data: { id: newId(), versionDigest: version, ...priceData(price) } });
}
