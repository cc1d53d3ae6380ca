'use server';
import { operatorAction } from '@/lib/action';
import { database } from '@/lib/db';
import { requestRun } from './request-run';

export const requestRunAction = operatorAction.action(({ ctx }) => requestRun(database(), ctx.actor));
