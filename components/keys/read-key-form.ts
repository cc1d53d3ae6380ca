import type { CreateKeyInput, Scope } from '@/lib/gateway/schema';
import { readCap } from './cap-text';

const DAY_MS = 86_400_000;
export const lifetimes = [
  { days: 7, label: 'In 7 days' },
  { days: 30, label: 'In 30 days' },
  { days: 90, label: 'In 90 days' },
  { days: 365, label: 'In a year' },
  { days: 0, label: 'Never' },
];
export const scopes: { value: Scope; label: string; hint: string }[] = [
  { value: 'run', label: 'Run models', hint: 'Spends your credits, within the caps.' },
  { value: 'read', label: 'Read runs and works', hint: 'Yours, private ones too, with their files.' },
];
export const caps = [
  { name: 'capDay', label: 'A day' },
  { name: 'capMonth', label: 'A month' },
  { name: 'capTotal', label: 'In all' },
] as const;
/** What the form says, or what is wrong with it. */
export function readKeyForm(form: FormData): CreateKeyInput | string {
  const [capDay, capMonth, capTotal] = caps.map(({ name }) => readCap(String(form.get(name))));
  if (capDay === undefined || capMonth === undefined || capTotal === undefined) return 'A cap is an amount of credits, or empty.';
  const chosen = scopes.flatMap(({ value }) => (form.has(value) ? [value] : []));
  if (chosen.length === 0) return 'Choose what the key is for.';
  const days = Number(form.get('days'));
  const expiresAt = days ? new Date(Date.now() + days * DAY_MS).toISOString() : null;
  const name = String(form.get('name')).trim();
  if (!name) return 'Give the key a name.';
  return {
    name,
    scopes: chosen,
    models: form.getAll('model').map(String),
    passId: String(form.get('pass') ?? '') || null,
    capDay,
    capMonth,
    capTotal,
    expiresAt,
  };
}
