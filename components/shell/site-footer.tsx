import Link from 'next/link';

/** One honest line, and the doors. */
export function SiteFooter() {
  return (
    <footer className="mt-24 print:hidden border-t border-rule pb-[calc(5rem+env(safe-area-inset-bottom))] md:pb-10">
      <div className="frame grid gap-6 pt-8 text-sm text-ink-soft sm:grid-cols-[1fr_auto]">
        <p className="max-w-prose">
          Every picture here carries a signed record of the model version that made it. The record shows who signed what; it does not prove that a
          creator ran honest software.{' '}
          <Link className="text-link text-ink" href="/verify">
            Check a file yourself
          </Link>
          .
        </p>
        <nav aria-label="Footer" className="flex gap-6 sm:justify-self-end">
          <Link className="text-link min-h-6" href="/">
            Explore
          </Link>
          <Link className="text-link min-h-6" href="/models">
            Models
          </Link>
          <Link className="text-link min-h-6" href="/verify">
            Verify
          </Link>
          <Link className="text-link min-h-6" href="/docs">
            Docs
          </Link>
        </nav>
      </div>
    </footer>
  );
}
