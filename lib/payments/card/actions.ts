'use server';
import { z } from 'zod';
import { userAction } from '@/lib/action';
import { takeOne } from '@/lib/auth/rate-limit';
import { database } from '@/lib/db';
import { openCardApi } from '@/lib/stripe/open-card-api';
import { uuidInput } from '@/lib/uuid-input';
import { checkPurchase } from './check-purchase';
import { openPortal } from './open-portal';
import { checkoutInput } from './schema';
import { startCheckout } from './start-checkout';

export const startCheckoutAction = userAction.inputSchema(checkoutInput).action(async ({ parsedInput, ctx }) => {
  await takeOne('cardCheckout', ctx.actor.userId);
  return startCheckout(database(), ctx.actor, openCardApi(), parsedInput);
});

export const openPortalAction = userAction.action(async ({ ctx }) => {
  await takeOne('cardCheckout', ctx.actor.userId);
  return openPortal(database(), ctx.actor, openCardApi());
});

export const checkPurchaseAction = userAction.inputSchema(z.object({ id: uuidInput })).action(async ({ parsedInput, ctx }) => {
  await takeOne('cardCheck', ctx.actor.userId);
  return checkPurchase(database(), ctx.actor, openCardApi(), parsedInput.id);
});
