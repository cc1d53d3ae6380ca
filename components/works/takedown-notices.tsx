import Link from 'next/link';
import type { LineageDto } from '@/lib/works/lineage-schema';
import type { WorkDto } from '@/lib/works/schema';
import { day } from '../format';
import { Notice } from '../ui/notice';

/** That a work was taken down, or what it was made from. */
export function TakedownNotices({ work, above }: { work: WorkDto; above: LineageDto['takenDownAbove'] }) {
  return (
    <>
      {work.takedown && (
        <Notice tone="bad" className="mb-6">
          <p>
            Taken down on {day(work.takedown.at)}: {work.takedown.reason}
          </p>
          <p>We do not show or hand out its file, text or prompt. The record and the receipt stay, and a token is not touched.</p>
        </Notice>
      )}
      {above.map(({ work: parent }) => (
        <Notice key={parent?.id ?? 'private'} tone="bad" className="mb-6">
          {parent ? (
            <>
              Made from a work that was taken down (
              <Link href={`/works/${parent.id}`} className="text-link">
                {parent.title}
              </Link>
              ): {parent.reason}
            </>
          ) : (
            'Made from a private work that was taken down.'
          )}
        </Notice>
      ))}
    </>
  );
}
