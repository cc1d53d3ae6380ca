'use client';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';

/** Copies a text. Says so for a moment. */
export function CopyButton({ text, label }: { text: string; label: string }) {
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
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={copied ? `Copied ${label}` : `Copy ${label}`}
      className="grid size-8 shrink-0 place-items-center rounded-sm text-ink-faint hover:bg-paper hover:text-ink print:hidden"
    >
      {copied ? <Check className="size-4 text-verdigris" /> : <Copy className="size-4" />}
    </button>
  );
}
