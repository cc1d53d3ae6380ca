import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import { Spinner } from './spinner';

export type ButtonVariant = 'solid' | 'outline' | 'quiet' | 'danger';
export type ButtonSize = 'small' | 'regular' | 'large';

const variants: Record<ButtonVariant, string> = {
  solid: 'bg-ink text-paper hover:bg-copper hover:text-on-copper',
  outline: 'border border-rule-strong text-ink hover:border-ink',
  quiet: 'text-ink-soft hover:text-ink hover:bg-well',
  danger: 'border border-madder text-madder hover:bg-madder hover:text-paper',
};
const sizes: Record<ButtonSize, string> = {
  small: 'min-h-8 px-3 text-xs',
  regular: 'min-h-11 px-5 text-sm',
  large: 'min-h-13 px-7 text-base',
};

/** The look of a button, for links that act as one. */
export function buttonStyle({ variant = 'solid', size = 'regular' }: { variant?: ButtonVariant; size?: ButtonSize } = {}) {
  return clsx(
    'inline-flex shrink-0 items-center justify-center gap-2 rounded-sm font-medium whitespace-nowrap transition-colors duration-150',
    'disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55',
    variants[variant],
    sizes[size],
  );
}

type ButtonProps = ComponentProps<'button'> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Shows a spinner and takes no more clicks; focus stays where it is. */
  loading?: boolean;
  icon?: ReactNode;
};

/** A button. While `loading` it stays focusable (aria-disabled), so that a screen reader does not lose its place. */
export function Button({ variant, size, loading = false, icon, className, children, onClick, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={clsx(buttonStyle({ variant, size }), className)}
      aria-disabled={loading || undefined}
      onClick={loading ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {loading ? <Spinner /> : icon}
      {children}
    </button>
  );
}
