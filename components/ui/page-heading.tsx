import type { ReactNode } from 'react';

/** The title of a page and the sentence under it. */
export function PageHeading({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <header className="grid gap-3 pt-10 pb-10 sm:pt-16 sm:pb-12">
      <h1 className="font-display text-3xl tracking-[-0.02em]">{title}</h1>
      {children && <p className="max-w-[38rem] text-ink-soft">{children}</p>}
    </header>
  );
}
