import { invalid } from './fault';

export type Value = string | number | boolean | Values | Value[];
export type Values = { [name: string]: Value };

/** Decodes `a=1&b[c]=2&d[0][e]=3&f[]=4`, the form of the API's v1 bodies and queries. Numbers stay text until a spec says otherwise. */
export function decodeForm(text: string): Values {
  const root: Values = {};
  for (const [key, value] of new URLSearchParams(text)) put(root, key, value);
  return toLists(root) as Values;
}

function put(root: Values, key: string, value: string): void {
  const path = [key.replace(/\[.*$/, ''), ...[...key.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')];
  if (path.some((part) => part === '__proto__' || part === 'constructor')) throw invalid(`Invalid parameter name: ${key}`);
  let at = root;
  for (const part of path.slice(0, -1)) {
    const name = part === '' ? String(Object.keys(at).length) : part;
    const next = at[name];
    const child: Values = isValues(next) ? next : {};
    at[name] = child;
    at = child;
  }
  const last = path.at(-1) ?? '';
  at[last === '' ? String(Object.keys(at).length) : last] = value;
}

/** Objects whose keys are 0, 1, 2 … are lists. */
function toLists(value: Value): Value {
  if (!isValues(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, toLists(inner)] as const);
  const isList = entries.length > 0 && entries.every(([name], i) => name === String(i));
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

export const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);
