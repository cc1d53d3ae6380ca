import Link from 'next/link';
import { buttonStyle } from '../ui/button';
import { EmptyState } from '../ui/empty-state';

/** What is at an address where nothing is, or nothing for whoever asks. */
export function NothingHere() {
  return (
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
  );
}
