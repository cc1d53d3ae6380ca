'use server';
import { operatorAction } from '@/lib/action';
import { database } from '@/lib/db';
import { acknowledgeAlert } from './acknowledge-alert';
import { acknowledgeAlertInput } from './schema';

export const acknowledgeAlertAction = operatorAction
  .inputSchema(acknowledgeAlertInput)
  .action(({ parsedInput, ctx }) => acknowledgeAlert(database(), ctx.actor, parsedInput));
