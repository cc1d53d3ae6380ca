import 'server-only';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { Prisma } from '@/prisma/client/client';

/** `leaf`: serial of the house's leaf that signed (`SigningKey.leaf`). `write` makes a row name what was signed. */
type Signed<T> = { leaf: string | null; write: (tx: Prisma.TransactionClient) => Promise<T> };

/** Each turn but the last takes an operator who revoked a leaf while a file was being signed. */
const TURNS = 3;
/** Prisma gives up after 2 s without a connection: where many seal at once, their files would be signed for nothing. */
const PATIENT = { maxWait: 60_000, timeout: 60_000 };

/**
 * Has a row name what was signed only while its leaf is good: where that was revoked meanwhile, it is made again, with the next leaf. A leaf that is
 * revoked later waits for the transaction, so that what stands in a row was signed before.
 */
export async function writeSigned<T>({ prisma }: Pick<Database, 'prisma'>, make: () => Promise<Signed<T>>): Promise<T> {
  for (let turn = 0; turn < TURNS; turn++) {
    const { leaf, write } = await make();
    const written = await prisma.$transaction(
      async (tx) => (leaf === null || (await holdLeaf(tx, leaf)) ? { value: await write(tx) } : null),
      PATIENT,
    );
    if (written) return written.value;
  }
  throw new AppError('internal', { message: 'The certificate that signs was revoked each time a file was signed.' });
}

/** Whether the leaf is not revoked, which it cannot be until the transaction ends. */
async function holdLeaf(tx: Prisma.TransactionClient, serial: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM credential_certificate WHERE serial = ${serial} AND revoked_at IS NULL FOR SHARE`;
  return rows.length > 0;
}
