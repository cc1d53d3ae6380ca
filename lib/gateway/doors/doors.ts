import type { Door } from './door';
import { keyDoor } from './key-door';
import { signedDoor } from './signed-door';

/** In this order. */
export const doors: Door[] = [keyDoor, signedDoor];
