import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { describeError, isErrorCode } from '@/lib/errors';
import type { RelayDto } from './schema';
import { RELAY_PURPOSE } from './settle-relay';

const STEPS = { queued: 'waiting', sent: 'sent', mined: 'seen', safe: 'safe', reverted: 'failed', refused: 'failed' } as const;

/** The actor's newest mint with credits of a work, or null. */
export async function getRelay({ prisma }: Database, actor: Actor, workId: string): Promise<RelayDto | null> {
  const relay = await prisma.relay.findFirst({ where: { workId, userId: actor.userId }, orderBy: { createdAt: 'desc' } });
  if (!relay) return null;
  const { state, txHash } = await prisma.chainTransaction.findUniqueOrThrow({
    where: { purpose_ref: { purpose: RELAY_PURPOSE, ref: relay.id } },
    select: { state: true, txHash: true },
  });
  return {
    id: relay.id,
    step: STEPS[state],
    priceMillicredits: relay.priceMillicredits.toString(),
    txHash,
    problem: relay.state === 'released' ? sentence(relay.error) : null,
  };
}

/** Codes have a sentence of their own; what a chain says is not for reading. */
const sentence = (error: string | null) => (isErrorCode(error) ? describeError(error).message : 'The chain did not take it.');

/** Whether a work is being minted with credits right now. */
export async function isBeingRelayed({ prisma }: Database, workId: string): Promise<boolean> {
  return (await prisma.relay.findFirst({ where: { workId, state: 'open' }, select: { id: true } })) !== null;
}
