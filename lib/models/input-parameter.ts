import type { ParameterSchema } from './schema';

/** The parameter of a version that is the work a run starts from, and what kind of work it takes. */
export function inputParameter({ properties }: ParameterSchema): { name: string; takes: 'image' | 'text' } | null {
  for (const [name, { contentMediaType }] of Object.entries(properties)) {
    if (contentMediaType) return { name, takes: contentMediaType === 'text/plain' ? 'text' : 'image' };
  }
  return null;
}
