import { z } from 'zod';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { openPayload, sealPayload } from '@/lib/keys/sealed-payload';
import { uuidInput } from '@/lib/uuid-input';
import { readSealedFile } from '@/lib/works/read-file';

const PURPOSE = 'gateway file';
const LIFETIME_MS = 3_600_000;
const payload = z.object({ workId: uuidInput, userId: uuidInput, expiresAtMs: z.number().int() });

/** An address that gives a work’s file to whoever has it, for an hour, as libraries expect of a picture’s `url`. */
export function fileLink({ userId }: Actor, workId: string): string {
  return `${env.PUBLIC_URL}/api/v1/files/${sealPayload(PURPOSE, { workId, userId, expiresAtMs: Date.now() + LIFETIME_MS })}`;
}

/** The file that such an address is of, where its owner could still have it. Throws `not_found`, and what `readSealedFile` throws. */
export async function readLinkedFile(db: Database, link: string): Promise<{ bytes: Buffer; name: string }> {
  const opened = link.length < 1_000 ? openPayload(PURPOSE, link, payload) : null;
  if (!opened || opened.expiresAtMs < Date.now()) throw new AppError('not_found');
  const owner = await db.prisma.user.findUniqueOrThrow({ where: { id: opened.userId }, select: { address: true } });
  return readSealedFile(db, { userId: opened.userId, address: owner.address as Actor['address'] }, opened.workId);
}
