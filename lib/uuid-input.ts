import { z } from 'zod';

/**
 * An id from outside. UUIDs may be written in capitals, Postgres answers small letters, and ids are compared as text and are part of the
 * ledger's names: so they are made small where they come in, once. No other file says z.uuid() (uuid-input.test.ts).
 */
export const uuidInput = z.uuid().toLowerCase();
