'use server';
import { userAction } from '@/lib/action';
import { database } from '@/lib/db';
import { issueVoucher } from './issue-voucher';
import { voucherInput } from './schema';

export const requestVoucherAction = userAction
  .inputSchema(voucherInput)
  .action(async ({ parsedInput, ctx }) => issueVoucher(database(), ctx.actor, parsedInput));
