import { useEffect, useState } from 'react';
import type { StudioModelDto } from '@/lib/studio/schema';
import { type Draft, emptyDraft } from './draft';
import { draftOf } from './draft-of';

type Kept = { draft: Draft; step: number };
const keyOf = (model: string | null) => `intaglio:studio:${model ?? 'new'}`;

/** What this tab kept of the form; null where there is nothing that can be read. */
function readKept(model: string | null): Kept | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(model)) ?? 'null') as Partial<Kept> | null;
    if (typeof kept?.draft !== 'object' || !Number.isInteger(kept.step)) return null;
    return { draft: { ...emptyDraft, ...kept.draft }, step: Number(kept.step) };
  } catch {
    return null;
  }
}

/** The form's state, kept in this tab at each change so that a reload loses nothing. Null until the browser has been asked for it. */
export function useDraft(earlier: StudioModelDto | null) {
  const model = earlier?.slug ?? null;
  const [state, setState] = useState<Kept | null>(null);
  useEffect(() => {
    // Once: a page that is read again does not undo what was typed.
    setState((now) => now ?? readKept(model) ?? { draft: earlier ? draftOf(earlier) : emptyDraft, step: 0 });
  }, [model, earlier]);
  useEffect(() => {
    if (state) sessionStorage.setItem(keyOf(model), JSON.stringify(state));
  }, [model, state]);
  const change = (part: Partial<Draft>) => setState((now) => now && { ...now, draft: { ...now.draft, ...part } });
  const goTo = (step: number) => setState((now) => now && { ...now, step });
  /** Forgets what was kept: it is registered, or not wanted. */
  const forget = () => sessionStorage.removeItem(keyOf(model));
  return { draft: state?.draft ?? null, step: state?.step ?? 0, change, goTo, forget };
}
