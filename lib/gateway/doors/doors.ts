import type { Door } from './door';
import { keyDoor } from './key-door';

/** In this order. */
export const doors: Door[] = [keyDoor];
