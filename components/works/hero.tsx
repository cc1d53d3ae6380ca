import Link from 'next/link';
import type { WorkCardDto } from '@/lib/works/schema';
import { day } from '../format';
import { buttonStyle } from '../ui/button';
import { Picture } from './picture';

/** What Intaglio is in one sentence, beside the newest impression on its sheet. */
export function Hero({ work }: { work: WorkCardDto | null }) {
  return (
    <section className="frame grid items-center gap-10 pt-8 pb-12 md:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] md:gap-16 md:pt-14 md:pb-20">
      <div className="grid max-w-xl gap-6">
        <h1 className="font-display text-3xl font-normal tracking-[-0.022em]">The plate stays in the workshop. You pull the impression.</h1>
        <p className="max-w-[34rem] text-lg text-ink-soft">
          Make pictures with private generative models, own them, and let anyone check which model made each one.
        </p>
        <div className="flex flex-wrap gap-2 sm:gap-3">
          <Link href="/models" className={`${buttonStyle()} sm:min-h-13 sm:px-7 sm:text-base`}>
            Make an impression
          </Link>
          <Link href="/verify" className={`${buttonStyle({ variant: 'outline' })} sm:min-h-13 sm:px-7 sm:text-base`}>
            Check a picture
          </Link>
        </div>
      </div>
      {work && <Sheet work={work} />}
    </section>
  );
}

function Sheet({ work }: { work: WorkCardDto }) {
  return (
    <figure className="relative w-full max-w-[44rem] bg-sheet p-4 outline-1 outline-rule sm:p-8 md:justify-self-end">
      <div className="plate-mark [--pm:8px] sm:[--pm:12px]">
        <Picture preview={work.preview} alt={work.alt} width={work.width} height={work.height} sizes="(min-width: 768px) 46vw, 92vw" first />
      </div>
      <figcaption className="grid grid-cols-[1fr_auto_1fr] items-baseline gap-3 pt-4 text-xs text-ink-faint">
        <span>{work.modelName}</span>
        <Link
          href={`/works/${work.id}`}
          className="font-caption text-base text-ink italic hover:underline hover:decoration-copper hover:underline-offset-4"
        >
          {work.title}
        </Link>
        <time dateTime={work.capturedAt} className="justify-self-end">
          {day(work.capturedAt)}
        </time>
      </figcaption>
    </figure>
  );
}
