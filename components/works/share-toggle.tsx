'use client';
import { useOptimistic } from 'react';
import { shareAction } from '@/lib/works/actions';
import { Problem } from '../ui/problem';
import { Switch } from '../ui/switch';
import { useServerAction } from '../ui/use-server-action';

/** Whether the gallery shows the work. */
export function ShareToggle({ workId, shared, minted }: { workId: string; shared: boolean; minted: boolean }) {
  const [shown, showAs] = useOptimistic(shared);
  const { run, problem } = useServerAction();
  const change = (next: boolean) =>
    run(() => {
      showAs(next);
      return shareAction({ id: workId, shared: next });
    });
  return (
    <div className="grid gap-1">
      <div className="flex items-center justify-between gap-4">
        <label htmlFor="share" className="text-sm">
          Show in the gallery
        </label>
        <Switch id="share" checked={shown} onCheckedChange={change} aria-describedby="share-hint" />
      </div>
      <p id="share-hint" className="text-xs text-ink-faint">
        {minted
          ? 'A minted work is public on its chain either way.'
          : 'Off: only you can open this page. The prompt stays private either way, unless you reveal it.'}
      </p>
      <Problem>{problem}</Problem>
    </div>
  );
}
