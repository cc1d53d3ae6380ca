import type { Metadata } from 'next';
import Link from 'next/link';
import { Wordmark } from '@/components/shell/wordmark';
import { buttonStyle } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export const metadata: Metadata = { title: 'Nothing here' };

export default function NotFound() {
  return (
    <main className="frame pt-4">
      <Wordmark />
      <EmptyState
        heading="h1"
        title="Nothing is here"
        action={
          <Link href="/" className={buttonStyle()}>
            Back to the gallery
          </Link>
        }
      >
        <p>The address is wrong, or what it names is private and belongs to somebody else. If it is yours, sign in and try again.</p>
      </EmptyState>
    </main>
  );
}
