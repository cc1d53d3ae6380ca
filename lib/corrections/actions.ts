'use server';
import { operatorAction } from '@/lib/action';
import { database } from '@/lib/db';
import { approveCorrection } from './approve-correction';
import { proposeCorrection } from './propose-correction';
import { refuseCorrection } from './refuse-correction';
import { decideCorrectionInput, proposeCorrectionInput, refuseCorrectionInput, writeOffInput } from './schema';
import { writeOffDebt } from './write-off-debt';

export const proposeCorrectionAction = operatorAction
  .inputSchema(proposeCorrectionInput)
  .action(({ parsedInput, ctx }) => proposeCorrection(database(), ctx.actor, parsedInput));

export const writeOffDebtAction = operatorAction
  .inputSchema(writeOffInput)
  .action(({ parsedInput, ctx }) => writeOffDebt(database(), ctx.actor, parsedInput));

export const approveCorrectionAction = operatorAction
  .inputSchema(decideCorrectionInput)
  .action(({ parsedInput, ctx }) => approveCorrection(database(), ctx.actor, parsedInput));

export const refuseCorrectionAction = operatorAction
  .inputSchema(refuseCorrectionInput)
  .action(({ parsedInput, ctx }) => refuseCorrection(database(), ctx.actor, parsedInput));
