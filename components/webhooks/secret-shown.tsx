import type { ReactNode } from 'react';
import { Digest } from '../ui/digest';
import { Notice } from '../ui/notice';

/** A secret, once. */
export function SecretShown({ secret, children }: { secret: string; children?: ReactNode }) {
  return (
    <Notice tone="good" role="status" className="grid gap-1">
      <p>Put this secret where you check messages. It is shown here once; if it is lost, make a new one.</p>
      <Digest value={secret} label="secret" keep={0} />
      {children}
    </Notice>
  );
}
