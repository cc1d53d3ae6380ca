import type { ModelDto } from '@/lib/models/schema';
import { Img } from '../ui/img';
import { reproducibilityClaim } from './claims';

/** Name and nature of a model, with what it has made. */
export function ModelHeader({ model }: { model: ModelDto }) {
  return (
    <header className="grid items-end gap-8 pt-10 pb-10 sm:pt-14 lg:grid-cols-[minmax(0,25rem)_minmax(0,1fr)] lg:gap-16">
      <div className="grid gap-3">
        <h1 className="font-display text-3xl tracking-[-0.02em]">{model.name}</h1>
        <p className="text-lg text-ink-soft">{model.tagline}</p>
        <p className="text-sm text-ink-faint">
          Version {model.versionNumber} · {model.version.licence} · {reproducibilityClaim(model.version.reproducibility).name.replace(', ', ': ')}
        </p>
      </div>
      {model.covers.length > 0 && (
        <ul className="grid grid-cols-4 gap-1.5 sm:gap-2">
          {model.covers.slice(0, 4).map((cover) => (
            <li key={cover.src}>
              <Img
                src={cover.src}
                alt={cover.alt}
                width={320}
                height={320}
                fetchPriority="high"
                className="aspect-square w-full bg-well object-cover"
              />
            </li>
          ))}
        </ul>
      )}
    </header>
  );
}
