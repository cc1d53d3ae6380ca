import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

type SwitchProps = Omit<ComponentProps<'input'>, 'type' | 'onChange' | 'role' | 'checked'> & {
  checked: boolean;
  onCheckedChange(checked: boolean): void;
};

/** An on/off switch: a checkbox underneath, so that label, space bar and form all work. */
export function Switch({ checked, onCheckedChange, className, ...rest }: SwitchProps) {
  return (
    <input
      type="checkbox"
      role="switch"
      checked={checked}
      aria-checked={checked}
      className={clsx(
        'relative h-6 w-11 shrink-0 cursor-pointer appearance-none rounded-full border border-rule-strong bg-sheet transition-colors',
        'before:absolute before:top-[3px] before:left-[3px] before:size-4 before:rounded-full before:bg-ink-faint before:transition-transform',
        'checked:border-copper checked:bg-copper checked:before:translate-x-5 checked:before:bg-on-copper',
        'disabled:cursor-not-allowed disabled:opacity-55',
        className,
      )}
      onChange={(event) => onCheckedChange(event.target.checked)}
      {...rest}
    />
  );
}
