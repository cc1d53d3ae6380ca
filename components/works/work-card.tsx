import Link from 'next/link';
import type { WorkCardDto } from '@/lib/works/schema';
import { LinkPending } from '../shell/link-pending';
import { Picture } from './picture';

/** A work in a wall of works: the plate, and beneath it the pencil line. */
export function WorkCard({ work, sizes, first, showModel = true }: { work: WorkCardDto; sizes: string; first?: boolean; showModel?: boolean }) {
  return (
    <figure className="group relative">
      <div className="plate-mark bg-sheet [--pm:var(--mark)]">
        <Picture preview={work.preview} alt={work.alt} width={work.width} height={work.height} sizes={sizes} first={first} />
      </div>
      <figcaption className="flex items-baseline justify-between gap-3 pt-2 text-xs leading-snug">
        <Link
          href={`/works/${work.id}`}
          className="min-w-0 after:absolute after:inset-0 group-hover:underline group-hover:decoration-copper group-hover:underline-offset-4 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-4 focus-visible:after:outline-copper"
        >
          <span className="font-caption text-sm italic">{work.title}</span>
          {showModel && <span className="block truncate text-ink-faint">{work.modelName}</span>}
          <LinkPending className="top-0 bottom-auto" />
        </Link>
        {work.minted && <span className="shrink-0 text-copper">Minted</span>}
      </figcaption>
    </figure>
  );
}
