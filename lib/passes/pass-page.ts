import 'server-only';
import { z } from 'zod';
import { chainId } from '@/lib/chain/client';
import type { Database } from '@/lib/db';
import { isWithdrawal } from '@/lib/proceeds/withdrawals';
import { heldPasses, passPath, withCreator } from './held-passes';
import type { PassEventDto, PassPageDto, SentDto } from './page-schema';
import { addressInput } from './schema';

export const passPageInput = z.object({ creator: addressInput, token: z.string().regex(/^[1-9]\d{0,17}$/) });

/** Everything anybody may know of a pass: it is all on the chain, but for the runs that are left of it. Null for none. */
export async function getPassPage(db: Database, { creator, token }: z.output<typeof passPageInput>): Promise<PassPageDto | null> {
  const owner = await db.prisma.user.findUnique({ where: { address: creator }, select: { id: true } });
  if (!owner) return null;
  const row = await db.prisma.passToken.findFirst({
    where: { chainId: await chainId(), tokenId: BigInt(token), tier: { passes: { creatorId: owner.id } } },
    include: { tier: { include: withCreator } },
  });
  const [held] = row ? await heldPasses(db, [row]) : [];
  return row && held ? { ...held, creator, tokenId: token, history: await historyOf(db, row) } : null;
}

const factData = z.object({
  from: z.string().default(''),
  to: z.string().default(''),
  payer: z.string().default(''),
  priceWei: z.string().default('0'),
});
const NOBODY = /^0x0+$/;

async function historyOf({ prisma }: Database, token: { chainId: number; collection: string; tokenId: bigint }): Promise<PassEventDto[]> {
  const { chainId: chain, collection, tokenId } = token;
  const facts = await prisma.passFact.findMany({
    where: { chainId: chain, collection, tokenId },
    orderBy: [{ blockNumber: 'asc' }, { position: 'asc' }],
    take: 500,
  });
  return facts.flatMap(({ kind, data, at, txHash }) => {
    const text = sentenceOf(kind, factData.parse(data));
    return text ? [{ at: at.toISOString(), text, txHash }] : [];
  });
}

/** Amounts as `{wei}`, which the page writes as ether. Expiries are said by the purchase and renewals beside them. */
function sentenceOf(kind: string, { from, to, payer, priceWei }: z.output<typeof factData>): string | null {
  if (kind === 'bought') return `Bought by ${payer} for {${priceWei}}`;
  if (kind === 'renewed') return `Renewed by ${payer} for {${priceWei}}`;
  if (kind === 'refunded') return `Given back; {${priceWei}} went to ${payer}`;
  if (kind === 'transfer' && !NOBODY.test(from) && !NOBODY.test(to)) return `Passed from ${from} to ${to}`;
  return null;
}

/** Whether the index has a transaction about passes, or one that took out what a collection earned. Its page is that of the first pass it was about. */
export async function findSent({ prisma }: Pick<Database, 'prisma'>, txHash: string): Promise<SentDto> {
  const facts = await prisma.passFact.findMany({
    where: { txHash },
    orderBy: { position: 'asc' },
    select: { chainId: true, collection: true, tokenId: true },
  });
  const about = facts.find(({ tokenId }) => tokenId !== null);
  if (!about?.tokenId) return { seen: facts.length > 0 || (await isWithdrawal({ prisma }, txHash)), path: null };
  const { chainId: chain, collection: address } = about;
  const home = await prisma.passCollection.findUnique({ where: { chainId_address: { chainId: chain, address } }, select: { creator: true } });
  return { seen: true, path: home && passPath(home.creator.address, about.tokenId) };
}
