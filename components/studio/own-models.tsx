import type { Route } from 'next';
import Link from 'next/link';
import { providerOf } from '@/lib/inference/providers';
import type { StudioModelCardDto } from '@/lib/studio/schema';
import { plural } from '../format';
import { LinkPending } from '../shell/link-pending';
import { ModelState } from './model-state';

/** The creator's models, newest first. */
export function OwnModels({ models }: { models: StudioModelCardDto[] }) {
  return (
    <ul className="grid border-t border-rule">
      {models.map(({ slug, name, status, versionNumber, provider, runs }) => (
        <li key={slug} className="relative grid gap-1 border-b border-rule py-4 hover:bg-sheet sm:grid-cols-[minmax(0,1fr)_auto] sm:items-baseline">
          <h2 className="font-display text-xl">
            <Link href={`/studio/${slug}` as Route} className="after:absolute after:inset-0">
              {name}
              <LinkPending className="top-auto" />
            </Link>
          </h2>
          <ModelState status={status} />
          <p className="text-sm text-ink-soft">
            Version {versionNumber} · {provider === 'embedded' ? 'Runs in the house' : (providerOf(provider)?.name ?? provider)} ·{' '}
            <span className="tabular-nums">{plural('run', runs)}</span>
          </p>
        </li>
      ))}
    </ul>
  );
}
