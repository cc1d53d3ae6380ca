import type { ParameterProperty, ParameterSchema } from './schema';

/** The parameter of a version that is what a run starts from, and what kind of work it takes. There is one at most (studio: parameters). */
export function inputParameter({ properties }: ParameterSchema): { name: string; property: ParameterProperty; takes: 'image' | 'text' } | null {
  for (const [name, property] of Object.entries(properties)) {
    if (property.contentMediaType) return { name, property, takes: property.contentMediaType === 'text/plain' ? 'text' : 'image' };
  }
  return null;
}

/** The same where it takes a picture: a work's, or one that was uploaded. */
export function pictureParameter(schema: ParameterSchema): { name: string; property: ParameterProperty } | null {
  const input = inputParameter(schema);
  return input?.takes === 'image' ? input : null;
}
