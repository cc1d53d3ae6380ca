import type { ModelVersionDto } from '@/lib/models/schema';
import { day } from '../format';
import { Digest } from '../ui/digest';

/** The versions of a model, newest first, with what was new in each. Nothing where there is one version with nothing to say of it. */
export function VersionHistory({ versions }: { versions: ModelVersionDto[] }) {
  if (versions.length < 2 && !versions[0]?.changelog) return null;
  return (
    <section aria-labelledby="versions-heading" className="pt-20">
      <h2 id="versions-heading" className="mb-4 border-b border-rule pb-3 font-display text-xl">
        Versions
      </h2>
      <ol className="grid">
        {versions.map(({ digest, number, publishedAt, changelog }, place) => (
          <li key={digest} className="grid gap-x-16 gap-y-1 border-b border-rule py-4 lg:grid-cols-[minmax(0,25rem)_minmax(0,1fr)]">
            <div className="text-sm">
              Version {number}
              <span className="text-ink-faint">
                , {day(publishedAt)}
                {place > 0 && ', superseded'}
              </span>
              <br />
              <Digest value={digest} label={`digest of version ${number}`} className="text-ink-faint" />
            </div>
            <p className="max-w-[44rem] text-sm whitespace-pre-line text-ink-soft">{changelog || 'Nothing was said about what is new.'}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
