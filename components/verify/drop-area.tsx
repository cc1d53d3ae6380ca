'use client';
import { clsx } from 'clsx';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button } from '../ui/button';

/** Takes a file by drop anywhere on the page, by the file picker, or by paste. */
export function DropArea({ onFile, onText }: { onFile(file: File): void; onText(text: string): void }) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  usePageDrop(onFile, onText, setOver);
  return (
    <div
      className={clsx(
        'plate-mark grid min-h-64 place-items-center bg-sheet p-6 text-center transition-colors [--pm:2rem] sm:min-h-80',
        over && 'bg-copper-wash',
      )}
    >
      <div className="grid justify-items-center gap-4">
        <p className="font-display text-xl">{over ? 'Let go to check it' : 'Drop a file here'}</p>
        <p className="max-w-sm text-sm text-ink-soft">
          The original PNG as it was downloaded, a text, or a receipt. Of a screenshot or a file that a chat has re-encoded we can only say which
          works it resembles. It is checked here, in your browser, and not uploaded.
        </p>
        <input
          ref={input}
          type="file"
          accept="image/png,image/jpeg,image/webp,application/json,text/plain"
          className="sr-only"
          tabIndex={-1}
          aria-label="File to check"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) onFile(file);
            event.target.value = '';
          }}
        />
        <Button onClick={() => input.current?.click()}>Choose a file</Button>
        <p className="text-xs text-ink-faint">or paste one from the clipboard</p>
      </div>
    </div>
  );
}

/** Drops and pastes anywhere on the page count, except a paste of text into a field. */
function usePageDrop(onFile: (file: File) => void, onText: (text: string) => void, setOver: (over: boolean) => void) {
  const onDrop = useEffectEvent((event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer?.files[0];
    if (file) onFile(file);
  });
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const file = event.clipboardData?.files[0];
    if (file) return onFile(file);
    const inField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    const text = event.clipboardData?.getData('text/plain').trim();
    if (!inField && text) onText(text);
  });
  const onDragOver = useEffectEvent((event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  });
  const onDragLeave = useEffectEvent((event: DragEvent) => {
    if (event.relatedTarget === null) setOver(false);
  });
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    addEventListener('dragover', (event) => onDragOver(event), { signal });
    addEventListener('dragleave', (event) => onDragLeave(event), { signal });
    addEventListener('drop', (event) => onDrop(event), { signal });
    addEventListener('paste', (event) => onPaste(event), { signal });
    return () => controller.abort();
  }, []);
}
