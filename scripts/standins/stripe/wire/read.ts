import { isValues, type Values } from './form';

/** Typed reads of params that were checked by their spec. */
export const text = (values: Values, name: string): string | null => (typeof values[name] === 'string' && values[name] !== '' ? values[name] : null);
export const integer = (values: Values, name: string): number | null => (typeof values[name] === 'number' ? values[name] : null);
export const flag = (values: Values, name: string): boolean => values[name] === true;
export const inner = (values: Values, name: string): Values => (isValues(values[name]) ? values[name] : {});
export const list = (values: Values, name: string): Values[] => (Array.isArray(values[name]) ? values[name].filter(isValues) : []);
export const texts = (values: Values, name: string): string[] =>
  Array.isArray(values[name]) ? values[name].filter((value) => typeof value === 'string') : [];
export const metadata = (values: Values): Record<string, string> =>
  Object.fromEntries(Object.entries(inner(values, 'metadata')).map(([name, value]) => [name, String(value)]));
