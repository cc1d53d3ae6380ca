import type { MetadataRoute } from 'next';

/** Public pages may be indexed; account pages, the API and the files themselves may not. */
export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: '*', allow: '/', disallow: ['/api/', '/credits', '/my', '/keys', '/webhooks', '/works/*/file'] } };
}
