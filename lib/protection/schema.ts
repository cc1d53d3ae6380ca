import { z } from 'zod';
import { uuidInput } from '@/lib/uuid-input';
import type { LinkedEvidence } from './alarms/judge-links';
import type { SeedsEvidence } from './alarms/judge-seeds';
import type { SweepEvidence } from './alarms/judge-sweep';

/** Said wherever somebody might think otherwise. */
export const PLAIN_SENTENCE =
  'All of this raises what copying your model costs an attacker. It does not prevent it: whoever sees enough works can train on them.';

const model = z.string().max(80);
const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .toLowerCase();
const limit = z.number().int().min(1).max(1_000_000).nullable();

export const setBudgetInput = z.object({ model, subject: z.enum(['wallet', 'pass', 'model']), perHour: limit, perDay: limit });
export const restrainInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('slowed'), model, address, minSeconds: z.number().int().min(1).max(604_800) }),
  z.object({ kind: z.literal('stopped'), model, address }),
  z.object({ kind: z.literal('lifted'), model, address }),
]);
/** `id`: made where it is asked for, so that asking twice refunds once. */
export const refundRunsInput = z.object({ id: uuidInput, model, address, runs: z.number().int().min(1).max(50) });
export const MOST_CANARIES = 50;
export const addCanaryInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('prompt'), model, label: z.string().trim().min(1).max(80), prompt: z.string().max(4_000) }),
  z.object({
    kind: z.literal('output'),
    model,
    label: z.string().trim().min(1).max(80),
    content: z
      .string()
      .regex(/^0x[0-9a-fA-F]{64}$/)
      .toLowerCase(),
  }),
]);
export const canaryRef = z.object({ model, id: uuidInput });
export const alarmRef = z.object({ model, id: uuidInput });

export type BudgetDto = { subject: 'wallet' | 'pass' | 'model'; perHour: number | null; perDay: number | null };
export type RestraintDto = { address: string; kind: 'slowed' | 'stopped'; minSeconds: number | null; since: string };
export type CanaryDto = { id: string; kind: 'prompt' | 'output'; label: string; createdAt: string };
export type CanaryEvidence = { label: string; kind: 'prompt' | 'output'; match: 'equal' | 'within'; atMs: number };
export type Evidence =
  | { kind: 'sweep'; evidence: SweepEvidence }
  | { kind: 'seeds'; evidence: SeedsEvidence }
  | { kind: 'linked'; evidence: LinkedEvidence }
  | { kind: 'canary'; evidence: CanaryEvidence };
export type AlarmDto = { id: string; addresses: string[]; firstAt: string; lastAt: string } & Evidence;
export type StepDto = {
  id: string;
  kind: string;
  address: string | null;
  at: string;
  details: Record<string, unknown>;
  refundedMillicredits: string;
};
export type ProtectionDto = {
  budgets: BudgetDto[];
  restraints: RestraintDto[];
  canaries: CanaryDto[];
  alarms: AlarmDto[];
  steps: StepDto[];
};
