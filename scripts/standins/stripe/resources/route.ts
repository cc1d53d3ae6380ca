import type { Spec } from '../wire/check-params';
import type { Values } from '../wire/form';
import type { World } from '../world';

export type Call = { world: World; params: Values; ids: string[] };
/** A call of the API: `*` in the path is an id. */
export type ApiRoute = { method: 'GET' | 'POST' | 'DELETE'; path: string; params: Spec; handle: (call: Call) => object };

export const newestFirst = <T>(table: Record<string, T>): T[] => Object.values(table).reverse();
