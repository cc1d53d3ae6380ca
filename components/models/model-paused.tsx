import type { ModelDto } from '@/lib/models/schema';
import { Notice } from '../ui/notice';

/** Says so where a model takes no runs, and why. */
export function ModelPaused({ model: { status, pausedBecause } }: { model: ModelDto }) {
  if (status !== 'paused') return null;
  return (
    <Notice tone="bad" className="mb-8">
      <p className="text-ink">This model takes no runs right now.</p>
      <p>
        {pausedBecause ? 'The place where it runs stopped answering, and its maker was told.' : 'Its maker has paused it.'} Works made with it stay
        what they are, and can be minted.
      </p>
    </Notice>
  );
}
