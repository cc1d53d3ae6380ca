'use client';
import type { StudioModelDto } from '@/lib/studio/schema';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { Skeleton } from '../../ui/skeleton';
import { StepList } from './step-list';
import { STEPS } from './steps';
import { useVersionForm } from './use-version-form';

type Props = {
  /** Whose next version it is; null for a new model. */
  earlier: StudioModelDto | null;
  exampleUrl: string | null;
};

/** The guided form of a version, one step at a time, in five. */
export function VersionForm({ earlier, exampleUrl }: Props) {
  const { form, draft, step, isLast, open, edit, secrets, setSecrets, problems, goOn, pending, problem } = useVersionForm(earlier);
  const current = STEPS[step];
  if (!draft || !current) return <Skeleton className="h-96" />;
  return (
    <form
      ref={form}
      noValidate
      className="grid gap-8 pb-20"
      onSubmit={(event) => {
        event.preventDefault();
        goOn();
      }}
    >
      <StepList step={step} goTo={open} />
      <h2 tabIndex={-1} className="font-display text-2xl outline-none">
        {current.title}
      </h2>
      <current.View
        draft={draft}
        change={edit}
        secrets={secrets}
        changeSecrets={setSecrets}
        problems={problems}
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
        <Button type="submit" loading={pending}>
          {isLast ? (pending ? 'Registering' : 'Register the draft') : 'Continue'}
        </Button>
        <p className="basis-full text-xs text-ink-faint">
          {isLast ? 'Nothing is public yet: you try it first, and publish it from your wallet.' : 'Kept in this tab as you type.'}
        </p>
      </div>
    </form>
  );
}
