import { type ReactNode, useRef } from 'react';
import { Button } from '../../ui/button';
import { Problem } from '../../ui/problem';

type Props = { action: string; pending: boolean; problem: string | null; onSubmit(): void; children: ReactNode };

/** The form in a dialog: Enter sends it, what is wrong is said beside the button, and the first field that is marked gets the focus. */
export function DialogForm({ action, pending, problem, onSubmit, children }: Props) {
  const form = useRef<HTMLFormElement>(null);
  return (
    <form
      ref={form}
      noValidate
      className="grid gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
        requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      }}
    >
      {children}
      <Problem>{problem}</Problem>
      <Button type="submit" loading={pending}>
        {action}
      </Button>
    </form>
  );
}
