'use client';
import { useRouter } from 'next/navigation';
import { useOptimistic, useState, useTransition } from 'react';
import { shareAction } from '@/lib/works/actions';
import { Switch } from '../ui/switch';

/** Whether the gallery shows the work. */
export function ShareToggle({ workId, shared, minted }: { workId: string; shared: boolean; minted: boolean }) {
  const router = useRouter();
  const [shown, showAs] = useOptimistic(shared);
  const [problem, setProblem] = useState<string | null>(null);
  const [, startTransition] = useTransition();
  const change = (next: boolean) =>
    startTransition(async () => {
      showAs(next);
      const result = await shareAction({ id: workId, shared: next }).catch(() => null);
      setProblem(result?.data ? null : (result?.serverError?.message ?? 'The server does not answer. Nothing was changed.'));
      router.refresh();
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
        {minted ? 'A minted work is public on its chain either way.' : 'Off: only you can open this page. The prompt stays private either way.'}
      </p>
      {problem && (
        <p role="alert" className="text-xs text-madder">
          {problem}
        </p>
      )}
    </div>
  );
}
