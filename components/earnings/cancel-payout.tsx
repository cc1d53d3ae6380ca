'use client';
import { Button } from '@/components/ui/button';
import { Problem } from '@/components/ui/problem';
import { useServerAction } from '@/components/ui/use-server-action';
import { cancelPayoutAction } from '@/lib/payouts/actions';

const LOST = 'The server does not answer. Reload to see where it is.';

/** Takes a request back while nobody has decided on it. */
export function CancelPayout({ id }: { id: string }) {
  const { run, pending, problem } = useServerAction();
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button size="small" variant="outline" loading={pending} onClick={() => run(() => cancelPayoutAction({ id }), { lost: LOST })}>
        Take the request back
      </Button>
      <Problem>{problem}</Problem>
    </div>
  );
}
