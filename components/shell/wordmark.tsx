import Link from 'next/link';

/** The name, beside a plate and the edge it leaves in the paper. */
export function Wordmark() {
  return (
    <Link href="/" className="inline-flex min-h-9 items-center gap-2.5" aria-label="Intaglio, home">
      <svg viewBox="0 0 20 24" className="h-6 w-5" aria-hidden="true">
        <rect x="0.5" y="0.5" width="19" height="23" fill="none" stroke="var(--rule-strong)" />
        <rect x="3.5" y="3.5" width="13" height="17" fill="var(--copper)" />
        <path d="M7 8h6M7 16h6M10 8v8" stroke="var(--paper)" strokeWidth="1.6" fill="none" />
      </svg>
      <span className="font-display text-[1.375rem] leading-none font-medium tracking-[-0.01em]">Intaglio</span>
    </Link>
  );
}
