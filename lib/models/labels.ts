import type { ParameterProperty } from './schema';

/** Creators name parameters and their values: one that is called `constructor` has only what was written for it. */
const own = <T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  record && Object.hasOwn(record, name) ? record[name] : undefined;

/** What a value of a parameter is called, where its creator says. */
export const labelOf = (property: ParameterProperty | undefined, value: unknown): string | undefined =>
  own(property?.['x-ui']?.labels, String(value));

/** The colours of a value, where its creator gave some. */
export const swatchesOf = (property: ParameterProperty, value: string): string[] | undefined => own(property['x-ui']?.swatches, value);
