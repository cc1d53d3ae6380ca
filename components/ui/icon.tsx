import type { ComponentProps } from 'react';

/** On a grid of 24, drawn with a line of two. */
const SHAPES = {
  check: 'M5 12.5 10 17.5 19 7',
  chevronDown: 'm6 9.5 6 6 6-6',
  copy: 'M9 9h11v11H9zM15 5V4H4v11h1',
  download: 'M12 4v11M7 10.5l5 5 5-5M4 20h16',
  minus: 'M5 12h14',
  moon: 'M20 14.5A8.5 8.5 0 1 1 9.5 4 6.8 6.8 0 0 0 20 14.5Z',
  printer: 'M7 8V3h10v5M7 17H3V8h18v9h-4M7 14h10v7H7z',
  sun: 'M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM12 2v2M12 20v2M2 12h2M20 12h2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M19.1 4.9l-1.4 1.4M6.3 17.7l-1.4 1.4',
  trash: 'M4 6h16M9 6V3h6v3M6 6l1 15h10l1-15M10 11v5M14 11v5',
  x: 'M6 6l12 12M18 6 6 18',
} as const;

/** A mark beside words or in a button that has a name: never read out. A library of icons weighs more than these lines on every public page. */
export function Icon({ name, ...props }: Omit<ComponentProps<'svg'>, 'name'> & { name: keyof typeof SHAPES }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      {...props}
    >
      <path d={SHAPES[name]} />
    </svg>
  );
}
