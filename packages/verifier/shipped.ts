import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Trust } from '../../lib/verifier/schema';

const factories = z.record(z.coerce.number(), z.object({ work: z.array(z.string()), drop: z.array(z.string()) }));
const shippedSchema = z.object({ factories, rootsPem: z.string() });

/** Put in by the build: what this copy trusts. */
declare const SHIPPED: unknown;

/** Our factories by chain, and the roots of the houses whose seal counts as known. Both can be added to, none is fetched. */
export function shipped(added: { factories: string[]; chainId: number; rootsFiles: string[] }): { trust: Trust; rootsPem: string } {
  const { factories, rootsPem } = shippedSchema.parse(typeof SHIPPED === 'undefined' ? { factories: {}, rootsPem: '' } : SHIPPED);
  const here = factories[added.chainId] ?? { work: [], drop: [] };
  const given = added.factories.map((address) => address.toLowerCase());
  const both = { work: [...here.work, ...given], drop: [...here.drop, ...given] };
  const known = both.work.length + both.drop.length > 0 ? { [added.chainId]: both } : {};
  return { trust: { factories: known } as Trust, rootsPem: [rootsPem, ...added.rootsFiles.map((path) => readFileSync(path, 'utf8'))].join('\n') };
}
