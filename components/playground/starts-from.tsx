import Link from 'next/link';
import { Button } from '../ui/button';
import { Img } from '../ui/img';

/** The work that a remix starts from. */
export type StartDto = { id: string; title: string; modelName: string; previewSrc: string | null };

/** Says what the runs start from, and lets go of it. */
export function StartsFrom({ start, onRemove }: { start: StartDto; onRemove(): void }) {
  return (
    <div className="flex items-center gap-4 border-y border-rule py-3 text-sm">
      {start.previewSrc && <Img src={start.previewSrc} alt="" width={56} height={56} className="size-14 object-cover" />}
      <p className="min-w-0 flex-1">
        Starts from{' '}
        <Link href={`/works/${start.id}`} className="text-link">
          {start.title}
        </Link>
        <span className="block text-xs text-ink-faint">The work names it as its parent, and {start.modelName} gets its share of the price.</span>
      </p>
      <Button size="small" variant="quiet" onClick={onRemove}>
        Start from nothing
      </Button>
    </div>
  );
}
