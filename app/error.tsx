'use client';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

/** Shown when a page could not be made. What went wrong is in the server's log under the digest. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset(): void }) {
  return (
    <main className="frame">
      <EmptyState heading="h1" title="This page could not be made" action={<Button onClick={reset}>Try again</Button>}>
        <p>Something went wrong on our side. Nothing was charged for it, and nothing you made is lost.</p>
        {error.digest && <p className="mt-3 font-mono text-xs text-ink-faint">Reference {error.digest}</p>}
      </EmptyState>
    </main>
  );
}
