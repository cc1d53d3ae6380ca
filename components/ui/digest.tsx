'use client';
import { clsx } from 'clsx';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { shortHex } from '../format';

type DigestProps = {
  value: string;
  /** What it is, for the copy button's name: 'content digest'. */
  label: string;
  /** Characters kept at each end; 0 shows all of it, wrapped. */
  keep?: number;
  className?: string;
};

/** A hash or address in mono, shortened in the middle, whole when copied or hovered. */
export function Digest({ value, label, keep = 6, className }: DigestProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <span className={clsx('inline-flex max-w-full items-center gap-1 font-mono text-xs', className)}>
      <span title={value} className={keep === 0 ? 'break-all' : 'whitespace-nowrap'}>
        {keep === 0 ? value : shortHex(value, keep)}
      </span>
      <button
        type="button"
        onClick={copy}
        aria-label={copied ? `Copied ${label}` : `Copy ${label}`}
        className="grid size-6 shrink-0 place-items-center rounded-sm text-ink-faint hover:bg-well hover:text-ink print:hidden"
      >
        {copied ? <Check className="size-3.5 text-verdigris" /> : <Copy className="size-3.5" />}
      </button>
    </span>
  );
}
