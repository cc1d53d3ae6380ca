import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ModelPassesDto, UsablePassDto } from '@/lib/passes/page-schema';

export type PassChoiceState = {
  passes: UsablePassDto[];
  /** Null: credits, or whatever else lets one in. */
  chosen: string | null;
  choose(passId: string | null): void;
  /** Runs can be paid without a pass although one is held. */
  mayDoWithout: boolean;
};

/** The pass that runs are made with: the one that was chosen while it is still held, else the one with most runs left. */
export function usePass(model: ModelPassesDto | undefined): PassChoiceState {
  const [wanted, choose] = useState<string | null | undefined>(undefined);
  const passes = model?.own ?? [];
  const mayDoWithout = !model || (model.access.isPublic && model.access.earlyUntil === null);
  // Of several, one may meet the model's rule and another have more runs: the server can choose.
  const isHeld = wanted === null ? mayDoWithout || passes.length > 1 : passes.some(({ id }) => id === wanted);
  const [best] = passes.filter(({ runs }) => runs.left > 0 || !mayDoWithout);
  return { passes, chosen: isHeld ? (wanted ?? null) : (best?.id ?? null), choose, mayDoWithout };
}

/** A price of before is none once the pass has more or fewer runs left. */
export function useRenewWithRuns({ passes, chosen }: PassChoiceState, renew: () => void) {
  const left = passes.find(({ id }) => id === chosen)?.runs.left;
  const before = useRef(left);
  const again = useEffectEvent(renew);
  useEffect(() => {
    if (before.current !== left) again();
    before.current = left;
  }, [left]);
}

/** A pass that somebody else holds now is on the page no longer. */
export function useRefreshWhenMoved(code: string | undefined) {
  const router = useRouter();
  const hasMoved = code === 'pass_moved';
  useEffect(() => {
    if (hasMoved) router.refresh();
  }, [hasMoved, router]);
}
