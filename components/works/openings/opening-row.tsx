import type { OpeningDto } from '@/lib/works/openings/schema';
import { moment } from '../../format';
import { OpeningControls } from './opening-controls';
import { OpeningShown } from './opening-shown';

/** The prompt of a work, for whoever may see it, and what whoever started the run can do with it. */
export function OpeningRow({ workId, opening }: { workId: string; opening: OpeningDto }) {
  const { opening: shown, promptHash, mine, revealedAt, links } = opening;
  if (!shown) return 'It is not kept any more, so it can be shown to nobody. The record holds a salted fingerprint of it.';
  return (
    <div className="grid gap-3">
      <div>
        <OpeningShown prompt={shown.prompt} salt={shown.salt} promptHash={promptHash} />
        <a href={`/works/${workId}/opening`} download className="text-link">
          Take prompt and salt as a file
        </a>
        <p className="pt-1 text-xs text-ink-faint">
          {revealedAt
            ? `Revealed to everyone on ${moment(revealedAt)} by whoever made the work.`
            : 'Only you see this. The record holds a salted fingerprint of it.'}
        </p>
      </div>
      {mine && <OpeningControls workId={workId} links={links} revealed={revealedAt !== null} />}
    </div>
  );
}
