import type { ParameterValues } from '@/lib/models/schema';

/** The parameters a receipt's text stands for: it holds integers as strings, and the version's schema says which of them are numbers. */
export function readParams(text: string, properties: Record<string, { type: string }>): ParameterValues {
  const given: Record<string, string | boolean> = JSON.parse(text);
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, properties[name]?.type === 'integer' ? Number(value) : value]));
}
