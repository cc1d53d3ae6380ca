'use client';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Icon } from './icon';

type DialogProps = { open: boolean; onClose(): void; title: string; children: ReactNode };

/** The platform's modal dialog: focus is kept inside, Escape closes, and it costs no library. */
export function Dialog({ open, onClose, title, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (open && dialog && !dialog.open) dialog.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={onClose}
      className="m-auto w-[min(32rem,calc(100vw-2rem))] border border-rule bg-sheet p-0 text-ink shadow-lift backdrop:bg-black/50"
    >
      <div className="grid gap-4 p-6">
        <div className="flex items-start justify-between gap-4">
          <h2 id={titleId} className="font-display text-xl">
            {title}
          </h2>
          <button type="button" onClick={onClose} aria-label="Close" className="-m-1 grid size-8 place-items-center text-ink-faint hover:text-ink">
            <Icon name="x" className="size-4" />
          </button>
        </div>
        {open && children}
      </div>
    </dialog>
  );
}
