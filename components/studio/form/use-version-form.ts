import { useRef, useState } from 'react';
import type { StudioModelDto } from '@/lib/studio/schema';
import { type Draft, noSecrets } from './draft';
import { draftProblems, type Problems } from './problems';
import { firstWrong, problemsOf, STEPS } from './steps';
import { useDraft } from './use-draft';
import { useRegister } from './use-register';

const LAST = STEPS.length - 1;
const MEND = 'Some of it has to be mended first. It is marked above.';

/** The form's steps: what is shown of its problems, and what going on does. `draft` is null until the browser has been asked for it. */
export function useVersionForm(earlier: StudioModelDto | null) {
  const { draft, step, change, goTo, forget } = useDraft(earlier);
  const [secrets, setSecrets] = useState(noSecrets);
  const [tried, setTried] = useState<number[]>([]);
  const [refused, setRefused] = useState<Problems>({});
  const form = useRef<HTMLFormElement>(null);
  const focus = (selector: string) => requestAnimationFrame(() => form.current?.querySelector<HTMLElement>(selector)?.focus());
  const open = (next: number) => {
    say(null);
    goTo(next);
    focus('h2');
  };
  const { register, pending, problem, say } = useRegister(earlier?.slug ?? null, forget, (fields) => {
    setRefused(fields);
    const wrong = firstWrong(fields);
    if (wrong >= 0 && wrong !== step) goTo(wrong);
  });

  const all = draft ? draftProblems(draft, secrets) : {};
  const problems = { ...problemsOf(step, refused), ...(tried.includes(step) && problemsOf(step, all)) };
  const goOn = () => {
    if (!draft || pending) return;
    setTried([...tried, step]);
    say(null);
    if (Object.keys(problemsOf(step, all)).length > 0) {
      focus('[aria-invalid="true"]');
      return say(MEND);
    }
    if (step < LAST) return open(step + 1);
    const wrong = firstWrong(all);
    if (wrong < 0) return register(draft, secrets);
    setTried(STEPS.map((_, place) => place));
    open(wrong);
    say(MEND);
  };
  const edit = (part: Partial<Draft>) => {
    setRefused({});
    say(null);
    change(part);
  };
  return { form, draft, step, isLast: step === LAST, open, edit, secrets, setSecrets, problems, goOn, pending, problem };
}
