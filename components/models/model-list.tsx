import { clsx } from 'clsx';
import Link from 'next/link';
import type { ModelCardDto } from '@/lib/models/schema';
import { credits, plural } from '../format';
import { LinkPending } from '../shell/link-pending';
import { Img } from '../ui/img';

/** A model as a line in the studio's ledger: three of its works, its name, what a run costs. */
export function ModelEntry({ model, heading: Heading = 'h3', large = false }: { model: ModelCardDto; heading?: 'h2' | 'h3'; large?: boolean }) {
  return (
    <article className="group relative grid content-start gap-4">
      <div className={clsx('grid grid-cols-3 gap-1.5', large && '*:first:col-span-2 *:first:row-span-2')}>
        {Array.from({ length: 3 }, (_, index) => model.covers[index]).map((cover, index) =>
          cover ? (
            <Img
              key={cover.src}
              src={cover.src}
              alt={cover.alt}
              width={320}
              height={320}
              loading="lazy"
              className="aspect-square w-full bg-well object-cover"
            />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: empty places without identity
            <div key={index} className="plate-mark aspect-square bg-sheet" aria-hidden="true" />
          ),
        )}
      </div>
      <div className="grid gap-1">
        <Heading className={large ? 'font-display text-2xl' : 'font-display text-xl'}>
          <Link
            href={`/models/${model.slug}`}
            className="after:absolute after:inset-0 group-hover:underline group-hover:decoration-copper group-hover:decoration-1 group-hover:underline-offset-4"
          >
            {model.name}
            <LinkPending className="top-0 bottom-auto" />
          </Link>
        </Heading>
        <p className="text-sm text-ink-soft">{model.tagline}</p>
        <p className="pt-1 text-xs text-ink-faint">
          from {credits(model.priceMillicredits)} a run
          {model.workCount > 0 && <> · {plural('work', model.workCount)} on show</>}
        </p>
      </div>
    </article>
  );
}

const lists = {
  grid: 'grid gap-x-10 gap-y-12 sm:grid-cols-2 lg:grid-cols-3',
  /* On phones one strip to push sideways, so that the works below are not far. */
  strip:
    'grid gap-x-10 gap-y-10 max-sm:-mx-4 max-sm:snap-x max-sm:auto-cols-[74%] max-sm:grid-flow-col max-sm:gap-x-5 max-sm:overflow-x-auto max-sm:px-4 max-sm:pb-2 sm:grid-cols-2 lg:grid-cols-3 *:snap-center',
};

/** Models side by side. */
export function ModelList({
  models,
  as,
  heading,
  large,
}: {
  models: ModelCardDto[];
  as: keyof typeof lists;
  heading?: 'h2' | 'h3';
  large?: boolean;
}) {
  return (
    <ul className={lists[as]}>
      {models.map((model) => (
        <li key={model.slug}>
          <ModelEntry model={model} heading={heading} large={large} />
        </li>
      ))}
    </ul>
  );
}
