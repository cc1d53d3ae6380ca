import { parseExactJson } from '@/lib/inference/exact-json';
import type { Seen } from './serve';

/** A request's JSON with its integers exact; null where it is none. */
export function jsonOf({ body }: Seen): Record<string, unknown> | null {
  try {
    const value = parseExactJson(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
