'use client';
import { useState } from 'react';
import { revealOpeningAction } from '@/lib/works/actions';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Problem } from '../../ui/problem';
import { useServerAction } from '../../ui/use-server-action';

/** Shows the prompt to everyone, after saying that it cannot be undone. */
export function RevealButton({ workId }: { workId: string }) {
  const [asking, setAsking] = useState(false);
  const { run, pending, problem } = useServerAction();
  const reveal = () => run(() => revealOpeningAction({ id: workId }), { onDone: () => setAsking(false) });
  return (
    <>
      <Button size="small" variant="outline" onClick={() => setAsking(true)} className="justify-self-start">
        Reveal the prompt to everyone
      </Button>
      <Dialog open={asking} onClose={() => setAsking(false)} title="Reveal the prompt for good?">
        <p className="text-sm text-ink-soft">
          Everyone who can open this work’s page will see the prompt and its salt, now and after it was sold. This cannot be undone: whoever has seen
          it can prove to others that it is the prompt.
        </p>
        <Problem>{problem}</Problem>
        <div className="flex flex-wrap gap-2">
          <Button variant="danger" loading={pending} onClick={reveal}>
            Reveal it for good
          </Button>
          <Button variant="quiet" onClick={() => setAsking(false)}>
            Keep it private
          </Button>
        </div>
      </Dialog>
    </>
  );
}
