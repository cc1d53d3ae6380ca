import Link from 'next/link';
import type { CopyDto } from '@/lib/likeness/schema';
import { day } from '../format';
import { Img } from '../ui/img';

/** Earlier works beside later ones that look like them. */
export function CopyList({ copies }: { copies: CopyDto[] }) {
  return (
    <ul className="grid border-t border-rule">
      {copies.map(({ original, copy, closeness, isDeclared }) => (
        <li
          key={`${original.id}${copy.id}`}
          className="grid grid-cols-2 gap-4 border-b border-rule py-6 sm:grid-cols-[9rem_9rem_minmax(0,1fr)] sm:gap-6"
        >
          <Work id={original.id} title={original.title} previewSrc={original.previewSrc} caption="Earlier" />
          <Work id={copy.id} title={copy.title} previewSrc={copy.previewSrc} caption="Later" />
          <div className="col-span-2 grid content-start gap-1 text-sm sm:col-span-1">
            <p className="font-medium first-letter:uppercase">{closeness}</p>
            <p className="text-ink-soft">
              Made with {copy.modelName} on {day(copy.madeAt)}.
            </p>
            <p className="text-ink-faint">
              {isDeclared
                ? 'Its receipt names the earlier work as its parent: it was made from it, and says so.'
                : 'Its receipt does not name the earlier work.'}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Work({ id, title, previewSrc, caption }: { id: string; title: string; previewSrc: string; caption: string }) {
  return (
    <figure className="group relative grid content-start gap-2">
      <span className="plate-mark block bg-sheet">
        <Img src={previewSrc} alt="" className="block aspect-square w-full bg-well object-contain" width={320} height={320} />
      </span>
      <figcaption className="text-xs text-ink-faint">
        {caption}
        <Link href={`/works/${id}`} className="block text-sm text-ink after:absolute after:inset-0 group-hover:underline">
          <span className="font-caption italic">{title}</span>
        </Link>
      </figcaption>
    </figure>
  );
}
