import { invalid } from './fault';
import type { Values } from './form';
import { integer, text } from './read';

export const pageParams = { limit: 'integer', starting_after: 'string', ending_before: 'string', expand: ['string'] } as const;

/** A page of a list, newest first, as every v1 list is. */
export function paginate<T extends { id: string }>(url: string, newestFirst: T[], params: Values) {
  const limit = integer(params, 'limit') ?? 10;
  if (limit < 1 || limit > 100) throw invalid('This value must be between 1 and 100.', { param: 'limit' });
  const [after, before] = [text(params, 'starting_after'), text(params, 'ending_before')];
  const place = (id: string, name: string) => {
    const found = newestFirst.findIndex((item) => item.id === id);
    if (found < 0) throw invalid(`No such object: '${id}'`, { code: 'resource_missing', param: name });
    return found;
  };
  if (before) {
    const end = place(before, 'ending_before');
    const start = Math.max(0, end - limit);
    return { object: 'list', url, has_more: start > 0, data: newestFirst.slice(start, end) };
  }
  const start = after ? place(after, 'starting_after') + 1 : 0;
  return { object: 'list', url, has_more: start + limit < newestFirst.length, data: newestFirst.slice(start, start + limit) };
}
