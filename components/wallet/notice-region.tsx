'use client';
import { useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { currentNotice, onNotice, say } from './notices';

/** Says wallet news at the foot of the page, above RainbowKit's dialog (whose z-index is 2147483646). */
export function NoticeRegion() {
  const notice = useSyncExternalStore(onNotice, currentNotice, () => null);
  return (
    <div
      role={notice?.tone === 'bad' ? 'alert' : 'status'}
      className="pointer-events-none fixed inset-x-4 bottom-20 z-[2147483647] flex justify-center md:bottom-6"
    >
      {notice && (
        <div className="pointer-events-auto flex max-w-xl items-center gap-4 border border-rule bg-sheet p-4 shadow-lift">
          <Notice tone={notice.tone === 'bad' ? 'bad' : 'copper'}>{notice.text}</Notice>
          <Button size="small" variant="quiet" onClick={() => say(null)}>
            Dismiss
          </Button>
        </div>
      )}
    </div>
  );
}
