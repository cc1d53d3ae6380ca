import type { NextConfig } from 'next';
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants';

/**
 * What a page may load and do: ourselves and nothing else.
 *
 * script-src allows inline scripts, because Next writes its bootstrap and the streamed page data inline. The other way is a
 * nonce for each request, which needs a proxy in front of every page; that proxy and the nonce itself were the subject of three
 * advisories this year (CVE-2026-44581, 44580, 64642), and nonces would rule out static pages for good. What keeps injected
 * markup out instead: React escapes all text, the code has no dangerouslySetInnerHTML, pictures are only ever WebP or PNG that
 * we re-encoded, and base-uri, object-src, form-action and connect-src leave an injected script nowhere to send anything.
 * 'wasm-unsafe-eval' lets WebAssembly be compiled, and no script: files are checked and house models are run again in the visitor's own browser
 * (/verify). On every page, since a page that is reached by a link keeps the policy of the document it was opened from.
 * style-src allows inline styles for React's style attributes and for RainbowKit's theme.
 */
const contentSecurityPolicy = (development: boolean) =>
  Object.entries({
    'default-src': ["'self'"],
    // React's error overlays use eval while developing.
    'script-src': ["'self'", "'unsafe-inline'", "'wasm-unsafe-eval'", ...(development ? ["'unsafe-eval'"] : [])],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...(development ? ['ws:'] : [])],
    'frame-src': ["'none'"],
    'frame-ancestors': ["'none'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
  })
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ');

const securityHeaders = (development: boolean) => [
  { key: 'Content-Security-Policy', value: contentSecurityPolicy(development) },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin-allow-popups' },
  // Browsers ignore it over plain http, so the local stack is not affected.
  { key: 'Strict-Transport-Security', value: 'max-age=31536000' },
];

/**
 * What a page may do is said with the page: said with each of its scripts again, it was a tenth of what a public page loads. A file opened as a page of its own
 * may do nothing, and so may the not-found page, which is what an address like /_NEXT/static/ leads to: paths are compared without their case. A worker does not
 * have the policy of its page but the one that its script comes with; under `sandbox` it does not start, so that one with another name is noticed.
 */
async function headersByPath(development: boolean) {
  const ofPages = securityHeaders(development);
  if (development) return [{ source: '/:path(.*)', headers: ofPages }];
  const ofFiles = [
    { key: 'Content-Security-Policy', value: 'sandbox' },
    { key: 'X-Content-Type-Options', value: 'nosniff' },
  ];
  return [
    { source: '/:path((?!_next/static/).*)', headers: ofPages },
    { source: '/_next/static/:path*', headers: ofFiles },
    { source: '/_next/static/chunks/:worker(turbopack-worker-.*)', headers: ofPages },
  ];
}

export default function config(phase: string): NextConfig {
  return {
    poweredByHeader: false,
    typedRoutes: true,
    // `npm test` checks types, of tests and scripts too; a build that is only meant to run does not wait for it.
    typescript: { ignoreBuildErrors: true },
    // Packages with native parts or worker files of their own, or seldom needed and large: loaded from node_modules, not bundled.
    serverExternalPackages: [
      '@aws-sdk/client-kms',
      '@contentauth/c2pa-wasm',
      '@prisma/client',
      '@prisma/adapter-pg',
      'graphile-worker',
      'pg',
      'pino',
      'sharp',
      'tiny-secp256k1',
    ],
    // Works are served by our own route as re-encoded WebP. The optimiser would only add an image parser in front of them.
    images: { unoptimized: true },
    // Whether a folder of app whose name starts with a dot is routed depends on the bundler.
    rewrites: async () => [
      { source: '/.well-known/intaglio-endpoint-keys.json', destination: '/api/endpoint-keys' },
      { source: '/.well-known/intaglio-content-credentials-root.pem', destination: '/api/credentials/root' },
      { source: '/.well-known/intaglio-content-credentials-revoked.json', destination: '/api/credentials/revoked' },
    ],
    headers: () => headersByPath(phase === PHASE_DEVELOPMENT_SERVER),
  };
}
