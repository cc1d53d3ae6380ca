import 'react';

/** Custom properties may be set in style attributes. */
declare module 'react' {
  interface CSSProperties {
    [property: `--${string}`]: string | number | undefined;
  }
}
