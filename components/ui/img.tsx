import type { ComponentProps } from 'react';

/**
 * The only <img> of the app. Works are WebP previews that our own route serves, already in the right widths; next/image would
 * put an image parser with a row of recent advisories in front of files that strangers cause to exist.
 */
export function Img({ alt, ...rest }: ComponentProps<'img'> & { alt: string }) {
  // biome-ignore lint/performance/noImgElement: see above
  return <img alt={alt} decoding="async" {...rest} />;
}
