import { z } from 'zod';
import { uuidInput } from '@/lib/uuid-input';

export const acknowledgeAlertInput = z.object({ id: uuidInput });

export type AlertDto = {
  id: string;
  kind: string;
  text: string;
  details: Record<string, string | number | boolean | null>;
  at: string;
  /** null: it still waits for an operator. */
  acknowledgedAt: string | null;
};
