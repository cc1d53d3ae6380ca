'use client';
import { setModelStatusAction } from '@/lib/studio/actions';
import type { StudioModelDto } from '@/lib/studio/schema';
import { ConfirmButton } from '../../admin/confirm-button';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { Problem } from '../../ui/problem';
import { useServerAction } from '../../ui/use-server-action';
import { ModelState } from '../model-state';

const words: Record<StudioModelDto['status'], string> = {
  draft: 'Only you can see and run it. Publish a version to open it.',
  published: 'Takes runs from everybody.',
  paused: 'Its page stays, and takes no runs until you open it again.',
  retired: 'Closed for good. Works made with it stay what they are.',
};

/** Where the model stands, and what its creator can do about it. */
export function StatusControls({ model: { slug, status, pausedBecause } }: { model: StudioModelDto }) {
  const { run, pending, problem } = useServerAction();
  const set = (next: 'published' | 'paused' | 'retired') => run(() => setModelStatusAction({ model: slug, status: next }));
  return (
    <div className="grid gap-3">
      <p className="text-sm text-ink-soft">
        <ModelState status={status} /> <span className="pl-2">{words[status]}</span>
      </p>
      {pausedBecause && (
        <Notice tone="bad">
          {pausedBecause} Test the endpoint below, mend what is wrong, and open the model again: that forgives its endpoints their faults.
        </Notice>
      )}
      {(status === 'published' || status === 'paused') && (
        <div className="flex flex-wrap gap-2">
          {status === 'published' ? (
            <Button size="small" variant="outline" loading={pending} onClick={() => set('paused')}>
              Pause
            </Button>
          ) : (
            <Button size="small" loading={pending} onClick={() => set('published')}>
              Open again
            </Button>
          )}
          <ConfirmButton label="Retire" sure="Retire it for good" pending={pending} onConfirm={() => set('retired')} />
        </div>
      )}
      <Problem>{problem}</Problem>
    </div>
  );
}
