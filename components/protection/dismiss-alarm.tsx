'use client';
import { dismissAlarmAction } from '@/lib/protection/actions';
import { Button } from '../ui/button';
import { Problem } from '../ui/problem';
import { useServerAction } from '../ui/use-server-action';

export function DismissAlarm({ slug, id }: { slug: string; id: string }) {
  const { run, pending, problem } = useServerAction();
  return (
    <div className="grid justify-items-end gap-1">
      <Button size="small" variant="outline" loading={pending} onClick={() => run(() => dismissAlarmAction({ model: slug, id }))}>
        Put aside for a week
      </Button>
      <Problem>{problem}</Problem>
    </div>
  );
}
