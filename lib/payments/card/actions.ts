'use server';
import { z } from 'zod';
import { userAction } from '@/lib/action';
import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { database } from '@/lib/db';
import { openCardApi } from '@/lib/stripe/open-card-api';
import { uuidInput } from '@/lib/uuid-input';
import { checkPurchase } from './check-purchase';
import { openPortal } from './open-portal';
import { checkoutInput } from './schema';
import { startCheckout } from './start-checkout';

export const startCheckoutAction = userAction.inputSchema(checkoutInput).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('cardCheckout', ctx);
  return startCheckout(database(), ctx.actor, openCardApi(), parsedInput);
});

export const openPortalAction = userAction.action(async ({ ctx }) => {
  await takeForPerson('cardCheckout', ctx);
  return openPortal(database(), ctx.actor, openCardApi());
});

export const checkPurchaseAction = userAction.inputSchema(z.object({ id: uuidInput })).action(async ({ parsedInput, ctx }) => {
  await takeForPerson('cardCheck', ctx);
  return checkPurchase(database(), ctx.actor, openCardApi(), parsedInput.id);
});
