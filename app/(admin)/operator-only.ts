import { notFound } from 'next/navigation';
import type { Actor } from '@/lib/actor';
import { isOperator } from '@/lib/auth/operator';
import { currentActor } from '@/lib/auth/session';

/**
 * Who runs this house, or "nothing is here". Each page asks, and not the layout alone: a page can be fetched without the layout above it.
 */
export async function operatorOnly(): Promise<Actor> {
  const actor = await currentActor();
  if (!actor || !isOperator(actor)) notFound();
  return actor;
}
