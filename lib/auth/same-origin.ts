import { AppError } from '@/lib/errors';

/**
 * Refuses what another site's page sends. Browsers say where a request comes from in sec-fetch-site (always on https and localhost),
 * else in origin; programs that send neither pass: they carry nobody's cookies. Throws `forbidden`.
 */
export function requireSameOrigin(headers: Headers, publicUrl: string): void {
  const site = headers.get('sec-fetch-site');
  if (site && site !== 'same-origin' && site !== 'none') throw new AppError('forbidden');
  const origin = headers.get('origin');
  if (!site && origin && origin !== new URL(publicUrl).origin) throw new AppError('forbidden');
}
