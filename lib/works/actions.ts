'use server';
import { userAction } from '@/lib/action';
import { database } from '@/lib/db';
import { shareInput } from './schema';
import { shareWork } from './share-work';

export const shareAction = userAction.inputSchema(shareInput).action(({ parsedInput, ctx }) => shareWork(database(), ctx.actor, parsedInput));
