import 'server-only';
import { holdOne } from '@/lib/auth/hold-few';
import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { database } from '@/lib/db';
import { readBody } from '@/lib/read-body';
import { MAX_UPLOAD_BYTES } from '@/lib/uploads/limits';
import type { Caller } from './doors/door';
import { doors } from './doors/doors';
import { keyDoor } from './doors/key-door';
import { openDoor } from './doors/open-door';
import { checkTurnedAway } from './limits';
import { type GatewayCall, gatewayRoute } from './route';
import type { Scope } from './schema';

const OF_ONE_PERSON = 2;
// Of those who have not been let in yet: a signature covers the file, so that it is read first.
const OF_ONE_ADDRESS = 2;
const OF_EVERYONE = 16;

/** A route that takes a file as its body. A key is looked at before any of it is read, and for whoever says nothing of who they are nothing is read. */
export const fileRoute = (scope: Scope, handler: Parameters<typeof gatewayRoute>[1]) =>
  gatewayRoute(scope, handler, (call) => enterWithFile(call, scope));

async function enterWithFile(call: GatewayCall<Caller | null>, scope: Scope): Promise<void> {
  const door = doors.find(({ isFor }) => isFor(call.request));
  const isRead = door !== undefined && door !== keyDoor;
  if (isRead) call.body = await readUnknown(call);
  await openDoor(database(), call, call);
  const { caller, address } = call;
  if (!caller?.scopes.includes(scope)) return;
  await takeForPerson('upload', { actor: caller.actor, address });
  if (!isRead) call.body = await read(call.request, [['uploads', caller.actor.userId, OF_ONE_PERSON]]);
}

function readUnknown({ address, request }: GatewayCall<unknown>): Promise<Buffer> {
  checkTurnedAway(address);
  return read(request, [
    ['gateway files', address, OF_ONE_ADDRESS],
    ['gateway files', 'of everyone', OF_EVERYONE],
  ]);
}

async function read(request: Request, places: Parameters<typeof holdOne>[]): Promise<Buffer> {
  const held: (() => void)[] = [];
  try {
    for (const place of places) held.push(holdOne(...place));
    return await readBody(request.body, MAX_UPLOAD_BYTES);
  } finally {
    for (const letGo of held) letGo();
  }
}
