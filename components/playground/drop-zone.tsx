import { clsx } from 'clsx';
import { type ReactNode, useState } from 'react';

/** A place where a file can be let go of: one more way to what the control inside it does. `onFile` null: it takes none, and the page is not left for it. */
export function DropZone({ onFile, children }: { onFile: ((file: File) => void) | null; children: ReactNode }) {
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the control is inside
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(onFile !== null);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file) onFile?.(file);
      }}
      className={clsx('flex flex-wrap items-center gap-4 border border-dashed p-3', over ? 'border-copper bg-copper-wash' : 'border-rule-strong')}
    >
      {children}
    </div>
  );
}
