'use client';
import { clsx } from 'clsx';
import { useEffect, useState } from 'react';
import { Icon } from './icon';

type CopyButtonProps = {
  text: string;
  /** What it is, for the button's name. */
  label: string;
  /** Small, in a line of text. */
  inline?: boolean;
};

/** Copies a text. Says so for a moment. */
export function CopyButton({ text, label, inline = false }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  const size = inline ? 'size-3.5' : 'size-4';
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={copied ? `Copied ${label}` : `Copy ${label}`}
      className={clsx(
        'grid shrink-0 place-items-center rounded-sm text-ink-faint hover:text-ink print:hidden',
        inline ? 'size-6 hover:bg-well' : 'size-8 hover:bg-paper',
      )}
    >
      {copied ? <Icon name="check" className={clsx(size, 'text-verdigris')} /> : <Icon name="copy" className={size} />}
    </button>
  );
}
