import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { issueVoucher } from './issue-voucher';
import { isBeingRelayed } from './relay/queries';
import type { MintCallDto } from './schema';

/** The call for the owner's own wallet. Throws `relay_under_way` while the house is minting the work: one of the two could only fail. */
export async function requestVoucher(db: Database, actor: Actor, input: { workId: string; label: string }): Promise<MintCallDto> {
  if (await isBeingRelayed(db, input.workId)) throw new AppError('relay_under_way');
  return issueVoucher(db, actor, input);
}
