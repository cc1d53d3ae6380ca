'use client';
import { useRef, useState } from 'react';
import type { StudioModelDto } from '@/lib/studio/schema';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { Skeleton } from '../../ui/skeleton';
import { type Draft, noSecrets } from './draft';
import { draftProblems, type Problems } from './problems';
import { StepList } from './step-list';
import { firstWrong, problemsOf, STEPS } from './steps';
import { useDraft } from './use-draft';
import { useRegister } from './use-register';

type Props = {
  /** Whose next version it is; null for a new model. */
  earlier: StudioModelDto | null;
  exampleUrl: string | null;
};

/** The guided form of a version, one step at a time, in five. */
export function VersionForm({ earlier, exampleUrl }: Props) {
  const { draft, step, change, goTo, forget } = useDraft(earlier);
  const [secrets, setSecrets] = useState(noSecrets);
  const [tried, setTried] = useState<number[]>([]);
  const [refused, setRefused] = useState<Problems>({});
  const heading = useRef<HTMLHeadingElement>(null);
  const open = (next: number) => {
    goTo(next);
    requestAnimationFrame(() => heading.current?.focus());
  };
  const { register, pending, problem, say } = useRegister(earlier?.slug ?? null, forget, (fields) => {
    setRefused(fields);
    const wrong = firstWrong(fields);
    if (wrong >= 0) open(wrong);
  });
  const current = STEPS[step];
  if (!draft || !current) return <Skeleton className="h-96" />;

  const all = draftProblems(draft, secrets);
  const shown = tried.includes(step) ? { ...refused, ...problemsOf(step, all) } : problemsOf(step, refused);
  const isLast = step === STEPS.length - 1;
  const goOn = () => {
    setTried([...tried, step]);
    say(null);
    if (Object.keys(problemsOf(step, all)).length > 0) return say('Some of it has to be mended first. It is marked above.');
    if (!isLast) return open(step + 1);
    const wrong = firstWrong(all);
    if (wrong < 0) return register(draft, secrets);
    setTried(STEPS.map((_, place) => place));
    open(wrong);
    say('This step has something to mend. It is marked above.');
  };
  const edit = (part: Partial<Draft>) => {
    setRefused({});
    change(part);
  };
  return (
    <div className="grid gap-8 pb-20">
      <StepList step={step} goTo={open} />
      <h2 ref={heading} tabIndex={-1} className="font-display text-2xl outline-none">
        {current.title}
      </h2>
      <current.View
        draft={draft}
        change={edit}
        secrets={secrets}
        changeSecrets={setSecrets}
        problems={shown}
        isNext={earlier !== null}
        exampleUrl={exampleUrl}
      />
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
      <div className="flex flex-wrap gap-3 border-t border-rule pt-6">
        {step > 0 && (
          <Button variant="outline" onClick={() => open(step - 1)}>
            Back
          </Button>
        )}
        <Button loading={pending} onClick={goOn}>
          {isLast ? (pending ? 'Registering' : 'Register the draft') : 'Continue'}
        </Button>
        <p className="basis-full text-xs text-ink-faint">
          {isLast ? 'Nothing is public yet: you try it first, and publish it from your wallet.' : 'Kept in this tab as you type.'}
        </p>
      </div>
    </div>
  );
}
