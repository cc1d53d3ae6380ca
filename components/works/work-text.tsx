import { clsx } from 'clsx';

type WorkTextProps = {
  text: string;
  className?: string;
  /** It has a height of its own: the keyboard can reach and scroll it. */
  scrolls?: boolean;
  label?: string;
};

/**
 * The text of a work as text: to be read out, selected and searched. Lines and spaces as they are; `auto` and the isolation that comes with it keep
 * letters that run the other way, and marks that turn a line around, inside.
 */
export function WorkText({ text, className, scrolls = false, label = 'The text of the work' }: WorkTextProps) {
  const region = scrolls ? ({ role: 'region', tabIndex: 0, 'aria-label': label } as const) : {};
  return (
    <div dir="auto" className={clsx('whitespace-pre-wrap [overflow-wrap:anywhere]', className)} data-testid="work-text" {...region}>
      {text}
    </div>
  );
}
