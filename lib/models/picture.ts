import type { ParameterProperty, ParameterSchema } from './schema';

/** The parameter that takes the picture a run starts from, with its name; null where a version takes none. There is one at most (studio: parameters). */
export function pictureOf({ properties }: ParameterSchema): { name: string; property: ParameterProperty } | null {
  const [found] = Object.entries(properties).filter(([, property]) => property.contentMediaType);
  return found ? { name: found[0], property: found[1] } : null;
}
