import type { Route } from 'next';
import Link from 'next/link';
import type { Resemblance } from '@/lib/likeness/schema';
import { Img } from '../ui/img';

/** Public works that a picture looks like: never more than that is said of them. */
export function Resemblances({ works }: { works: Resemblance[] }) {
  return (
    <section aria-labelledby="resembles" className="grid gap-4" data-testid="resembles">
      <div className="grid gap-1">
        <h3 id="resembles" className="font-display text-xl">
          {works.length > 0 ? 'It resembles' : 'It resembles no public work'}
        </h3>
        <p className="max-w-prose text-sm text-ink-soft">
          {works.length > 0
            ? 'A likeness proves nothing: pictures can look alike by chance, or be made to. Ask for the original file to have it checked.'
            : 'We compared its looks with every public work here. A copy that was cropped or turned by a quarter is mostly not found.'}
        </p>
      </div>
      {works.length > 0 && (
        <ul className="grid grid-cols-2 gap-6 sm:grid-cols-3 lg:grid-cols-4">
          {works.map((work) => (
            <li key={work.id} className="group relative grid content-start gap-2">
              <span className="plate-mark block bg-sheet">
                <Img src={work.previewSrc} alt="" className="block aspect-square w-full bg-well object-contain" width={320} height={320} />
              </span>
              <Link href={work.page as Route} className="text-sm after:absolute after:inset-0 group-hover:underline">
                <span className="font-caption text-base italic">{work.title}</span>
              </Link>
              <p className="text-xs text-ink-faint">
                {work.model}, {work.closeness}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
