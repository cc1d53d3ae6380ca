'use server';
import { operatorAction } from '@/lib/action';
import { database } from '@/lib/db';
import { replaceLeaf } from './replace-leaf';
import { revokeLeaf } from './revoke-leaf';
import { endLeafInput } from './schema';

export const replaceLeafAction = operatorAction
  .inputSchema(endLeafInput)
  .action(({ parsedInput, ctx }) => replaceLeaf(database(), ctx.actor, parsedInput));

export const revokeLeafAction = operatorAction
  .inputSchema(endLeafInput)
  .action(({ parsedInput, ctx }) => revokeLeaf(database(), ctx.actor, parsedInput));
