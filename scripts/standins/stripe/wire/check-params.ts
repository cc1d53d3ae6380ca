import { invalid } from './fault';
import { isValues, type Value, type Values } from './form';

/** What a call takes. A trailing `!` in a name's spec means it must be there. `map`: free keys, text values. */
export type Leaf = 'string' | 'integer' | 'boolean' | 'map';
export type Spec = { readonly [name: string]: Leaf | `${Leaf}!` | Spec | readonly [Spec | Leaf] };

/** Reads params by their spec: unknown ones, those the pinned version removed included, are errors as they are live. */
export function checkParams(values: Values, spec: Spec, at = ''): Values {
  const name = (key: string) => (at ? `${at}[${key}]` : key);
  for (const key of Object.keys(values)) {
    if (!(key in spec)) throw invalid(`Received unknown parameter: ${name(key)}`, { code: 'parameter_unknown', param: name(key) });
  }
  const read: Values = {};
  for (const [key, kind] of Object.entries(spec)) {
    const value = values[key];
    const required = typeof kind === 'string' && kind.endsWith('!');
    if (value === undefined || (value === '' && required)) {
      if (required) throw invalid(`Missing required param: ${name(key)}.`, { code: 'parameter_missing', param: name(key) });
      continue;
    }
    read[key] = readValue(value, kind, name(key));
  }
  return read;
}

function readValue(value: Value, kind: Spec[string], at: string): Value {
  if (Array.isArray(kind)) {
    if (!Array.isArray(value)) throw invalid('Invalid array', { param: at });
    return value.map((item, i) => readValue(item, kind[0] as Leaf | Spec, `${at}[${i}]`));
  }
  if (typeof kind === 'object') {
    if (!isValues(value)) throw invalid('Invalid object', { param: at });
    return checkParams(value, kind as Spec, at);
  }
  return readLeaf(value, kind.replace('!', ''), at);
}

function readLeaf(value: Value, kind: string, at: string): Value {
  if (kind === 'map') {
    if (!isValues(value)) throw invalid('Invalid object', { param: at });
    return value;
  }
  if (typeof value === 'object') throw invalid(`Invalid string: ${JSON.stringify(value)}`, { param: at });
  if (kind === 'integer') {
    const number = Number(value);
    if (!Number.isSafeInteger(number) || value === '') throw invalid(`Invalid integer: ${value}`, { code: 'parameter_invalid_integer', param: at });
    return number;
  }
  if (kind === 'boolean') {
    if (value !== 'true' && value !== 'false') throw invalid(`Invalid boolean: ${value}`, { param: at });
    return value === 'true';
  }
  return String(value);
}
