import type { Metadata } from 'next';
import { NothingHere } from '@/components/shell/nothing-here';
import { Wordmark } from '@/components/shell/wordmark';

export const metadata: Metadata = { title: 'Nothing here' };

/** Outside every frame: of addresses that no page has. */
export default function NotFound() {
  return (
    <main className="frame pt-4">
      <Wordmark />
      <NothingHere />
    </main>
  );
}
